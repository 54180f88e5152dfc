"""The kind of notices of an annual plan."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_PLAN = clase(
    "feria.plan",
    _l("El plan de contrataciones de su entidad"),
    _l("%(n)s novedades de su plan de contrataciones"),
    icono="calendar",
)
