"""What the rooms' own tests use, for the chapters that tell their story."""

from tests.comercio.conftest import leer as leer
from tests.pagos.conftest import libro as libro
