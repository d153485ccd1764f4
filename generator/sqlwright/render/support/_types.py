"""Types whose values come in several classes."""

from __future__ import annotations

from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
)
from typing import TypeAlias

Inet: TypeAlias = IPv4Address | IPv6Address | IPv4Interface | IPv6Interface
"""An inet value: an address, or with a netmask an interface."""

Cidr: TypeAlias = IPv4Network | IPv6Network
