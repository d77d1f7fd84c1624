"""A form for every act of the procedure, made from the act's own fields."""
