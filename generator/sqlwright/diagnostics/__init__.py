"""Diagnostics: the model, the registry of codes, and the forms they are shown in."""

from sqlwright.diagnostics.model import Diagnostic, DiagnosticError, Label, Severity

__all__ = ["Diagnostic", "DiagnosticError", "Label", "Severity"]
