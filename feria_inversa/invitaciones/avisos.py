"""The kinds of notices of the invitations."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_INVITACION = clase(
    "feria.invitacion",
    _l("Invitaciones a ofertar"),
    _l("%(n)s convocatorias de su rubro"),
    icono="megaphone",
)
