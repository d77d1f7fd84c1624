"""A form for every act of the procedure, made from the act's own fields.

Nothing is imported here: what a form asks and the acts it makes (`scene`, `options`, `defaults`,
`layout`, `submit`) load no toolkit, so that the command line can use them too.
"""
