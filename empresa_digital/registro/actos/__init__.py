"""Acts that several representatives of a unit sign together."""

from uuid import UUID

from empresa_digital.registro.actos import acto_grupo, firmas, grupos  # noqa: F401 - what is declared
from empresa_digital.registro.actos.consultas import EnEspera, en_espera, firmaron
from empresa_digital.registro.actos.errores import ActoTerminado, DeclaracionPendiente, HuellaDistinta
from empresa_digital.registro.actos.esquemas import ActoSalida
from empresa_digital.registro.actos.grupos import NuevoGrupo
from empresa_digital.registro.actos.presentar import acto_salida, quienes_firmaron
from empresa_digital.registro.mandatos.modelos import Mandato
from nucleo.fachada import con_valor, sin_fila


def _ids(mandatos: list[Mandato]) -> list[UUID]:
    return [m.id for m in mandatos]


otorgar_grupo = con_valor(grupos.otorgar_grupo, _ids)
firmar_acto = sin_fila(firmas.firmar)
rechazar_acto = sin_fila(firmas.rechazar)
retirar_acto = sin_fila(firmas.retirar)

__all__ = [
    "ActoSalida",
    "ActoTerminado",
    "DeclaracionPendiente",
    "EnEspera",
    "HuellaDistinta",
    "NuevoGrupo",
    "acto_salida",
    "en_espera",
    "firmar_acto",
    "firmaron",
    "otorgar_grupo",
    "quienes_firmaron",
    "rechazar_acto",
    "retirar_acto",
]
