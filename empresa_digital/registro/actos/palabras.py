"""The words of joint acts."""

from empresa_digital.registro.actos.estados import EstadoActo
from nucleo.actos import actos_declarados
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

ESTADOS: dict[str, tuple[str, str]] = {
    EstadoActo.PENDIENTE: (_l("Espera firmas"), "aviso"),
    EstadoActo.EJECUTADO: (_l("Hecho"), "bien"),
    EstadoActo.RECHAZADO: (_l("Rechazado"), "mal"),
    EstadoActo.VENCIDO: (_l("Vencido"), "neutro"),
    EstadoActo.RETIRADO: (_l("Retirado"), "neutro"),
}


def nombre_de_acto(codigo: str) -> str:
    """What people call a kind of act; one that nothing here does any more is «Acto»."""
    definicion = actos_declarados().get(codigo)
    return _("Acto") if definicion is None else str(definicion.nombre)
