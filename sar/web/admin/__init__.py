"""Administrators keep what the desk works by; by role they open no case and no document."""
