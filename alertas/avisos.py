"""The kinds of notices of this room, and what it tells to a unit's own systems."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

ALERTA_CON_HALLAZGOS = "AlertaConHallazgos"
AVISO_HALLAZGO = clase(
    "alertas.hallazgo", _l("Sus alertas"), _l("%(n)s novedades de sus alertas"), icono="bell"
)
