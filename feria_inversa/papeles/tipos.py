"""The roles of contracting: which are of an entity and which of one process, and who may be named to each."""

from enum import StrEnum

from empresa_digital.registro import Facultad
from nucleo.textos import gettext as _


class Papel(StrEnum):
    """Of the entity: its highest authority, administrative and legal units, and who receives what it buys
    from the catalogue. Of a process: who asks for it, who published it, who evaluates and who receives. Who
    decides (RPC, RPA) is of either.
    """

    MAE = "mae"
    RPC = "rpc"
    RPA = "rpa"
    ADMINISTRATIVA = "administrativa"
    JURIDICA = "juridica"
    RECIBE_COMPRAS = "recibe_compras"
    SOLICITANTE = "solicitante"
    RESPONSABLE = "responsable"
    CALIFICACION = "calificacion"
    RECEPCION = "recepcion"


DE_ENTIDAD = (
    *(Papel.MAE, Papel.RPC, Papel.RPA),
    *(Papel.ADMINISTRATIVA, Papel.JURIDICA, Papel.RECIBE_COMPRAS),
)
DE_PROCESO = (Papel.RPC, Papel.RPA, Papel.SOLICITANTE, Papel.CALIFICACION, Papel.RECEPCION)
"""Those that somebody is named to; who published a process is its `RESPONSABLE` without a naming."""

_EN_COMPRAS = (Facultad.COMPRAR, Facultad.EVALUAR)
FACULTADES: dict[Papel, tuple[Facultad, ...]] = {
    Papel.MAE: (Facultad.ADMINISTRAR,),
    Papel.CALIFICACION: (Facultad.EVALUAR,),
    Papel.RECIBE_COMPRAS: (Facultad.COMPRAR,),
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
        Papel.RECIBE_COMPRAS: _("Recepción de compras del catálogo"),
        Papel.SOLICITANTE: _("Unidad solicitante"),
        Papel.RESPONSABLE: _("Quien lo publicó"),
        Papel.CALIFICACION: _("Evaluación"),
        Papel.RECEPCION: _("Recepción"),
    }
    return nombres[papel]
