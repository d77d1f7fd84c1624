"""How time counts at the desk: limits, due times, the working-day calendar and their reasons."""
