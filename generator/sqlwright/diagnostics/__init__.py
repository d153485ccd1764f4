"""Diagnostics: the model, the registry of codes, and the forms they are shown in."""

from sqlwright.diagnostics.codes import CODES, Code
from sqlwright.diagnostics.model import Diagnostic, DiagnosticError, Edit, Label, Severity

__all__ = ["CODES", "Code", "Diagnostic", "DiagnosticError", "Edit", "Label", "Severity"]
