"""The roles of contracting: which are of an entity and which of one process, and who may be named to each."""

from enum import StrEnum

from empresa_digital.registro import Facultad
from nucleo.textos import gettext as _


class Papel(StrEnum):
    """Of the entity: its highest authority, administrative and legal units. Of a process: who asks for it,
    who published it and who evaluates. Who decides (RPC, RPA) is of either; who receives too, but who does
    for the entity receives what it buys from the catalogue, and nothing of a process.
    """

    MAE = "mae"
    RPC = "rpc"
    RPA = "rpa"
    ADMINISTRATIVA = "administrativa"
    JURIDICA = "juridica"
    SOLICITANTE = "solicitante"
    RESPONSABLE = "responsable"
    CALIFICACION = "calificacion"
    RECEPCION = "recepcion"


DECIDEN = (Papel.RPC, Papel.RPA)
"""Who decides a process is named by who administers the entity, also to one process."""
DE_ENTIDAD = (Papel.MAE, *DECIDEN, Papel.ADMINISTRATIVA, Papel.JURIDICA, Papel.RECEPCION)
DE_PROCESO = (*DECIDEN, Papel.SOLICITANTE, Papel.CALIFICACION, Papel.RECEPCION)
"""Those that somebody is named to; who published a process is its `RESPONSABLE` without a naming."""

_EN_COMPRAS = (Facultad.COMPRAR, Facultad.EVALUAR)
FACULTADES: dict[Papel, tuple[Facultad, ...]] = {
    Papel.MAE: (Facultad.ADMINISTRAR,),
    Papel.CALIFICACION: (Facultad.EVALUAR,),
}
"""By which faculty somebody may be named to a role; to the others, by any that works on purchases."""


def facultades_para(papel: Papel) -> tuple[Facultad, ...]:
    return FACULTADES.get(papel, _EN_COMPRAS)


def nombre_de_papel(papel: str) -> str:
    """How people read a role."""
    nombres: dict[str, str] = {
        Papel.MAE: _("Máxima autoridad ejecutiva (MAE)"),
        Papel.RPC: _("Responsable de licitaciones (RPC)"),
        Papel.RPA: _("Responsable de compras menores y ANPE (RPA)"),
        Papel.ADMINISTRATIVA: _("Unidad administrativa"),
        Papel.JURIDICA: _("Unidad jurídica"),
        Papel.SOLICITANTE: _("Unidad solicitante"),
        Papel.RESPONSABLE: _("Quien lo publicó"),
        Papel.CALIFICACION: _("Evaluación"),
        Papel.RECEPCION: _("Recepción"),
    }
    return nombres[papel]
