"""Constraints of tables and the indexes behind them."""
