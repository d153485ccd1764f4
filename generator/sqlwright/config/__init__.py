"""Configuration: found, read and checked once; nobody else reads it or the environment."""

from sqlwright.config.find import load_config
from sqlwright.config.model import Config, PackageConfig

__all__ = ["Config", "PackageConfig", "load_config"]
