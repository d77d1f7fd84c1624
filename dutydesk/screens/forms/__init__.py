"""A form for every act of the procedure, made from the act's own fields."""

from dutydesk.screens.forms.opening import open_form as ActForm
from dutydesk.screens.forms.opening import open_register as RegisterForm

__all__ = ["ActForm", "RegisterForm"]
