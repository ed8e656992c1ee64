"""The roof: builds the application, names every blueprint, holds the menus.

The only chapter that knows all others.
"""
