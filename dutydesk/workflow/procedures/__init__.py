"""The procedures as data; dutydesk.config.procedures reads them."""
