"""The life of a collection at the door, and the closed vocabularies of the counter."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida, Vida


class ClaseAdmision(StrEnum):
    """How a parcel came to the operator's hands."""

    ANUNCIADO = "anunciado"
    MOSTRADOR = "mostrador"
    RECOJO = "recojo"


class Medio(StrEnum):
    """By which way the postage is paid. `NINGUNO`: it is not the operator's to collect here."""

    EFECTIVO = "efectivo"
    CUENTA = "cuenta"
    NINGUNO = "ninguno"


class EstadoRecojo(StrEnum):
    PEDIDO = "pedido"
    NO_HALLADO = "no_hallado"
    RECOGIDO = "recogido"
    VENCIDO = "vencido"
    RETIRADO = "retirado"


class RecojoNoAdmite(TransicionInvalida):
    codigo = "recojo_no_admite"
    titulo = _l("El recojo ya no admite esto")


NOMBRES_DE_RECOJO = {
    EstadoRecojo.PEDIDO: _l("Por recoger"),
    EstadoRecojo.NO_HALLADO: _l("No se halló a nadie"),
    EstadoRecojo.RECOGIDO: _l("Recogido"),
    EstadoRecojo.VENCIDO: _l("Ya no se recoge: llévelo a una agencia"),
    EstadoRecojo.RETIRADO: _l("Retirado"),
}

# Asked for again once; from both waiting states time alone leads to «bring it yourself».
VIDA_RECOJO = Vida(
    "envios_recojo",
    EstadoRecojo,
    {
        EstadoRecojo.PEDIDO: {
            EstadoRecojo.NO_HALLADO,
            EstadoRecojo.RECOGIDO,
            EstadoRecojo.VENCIDO,
            EstadoRecojo.RETIRADO,
        },
        EstadoRecojo.NO_HALLADO: {
            EstadoRecojo.PEDIDO,
            EstadoRecojo.RECOGIDO,
            EstadoRecojo.VENCIDO,
            EstadoRecojo.RETIRADO,
        },
    },
    nace={EstadoRecojo.PEDIDO},
    fines={EstadoRecojo.RECOGIDO, EstadoRecojo.VENCIDO, EstadoRecojo.RETIRADO},
    solo_si={(EstadoRecojo.NO_HALLADO, EstadoRecojo.PEDIDO): "OLD.vez = 1"},
    nombre=lambda estado: str(NOMBRES_DE_RECOJO[estado]).lower(),
    error=RecojoNoAdmite,
)


class Franja(StrEnum):
    """The band of hours of a round, in the time of Bolivia."""

    MANANA = "manana"
    TARDE = "tarde"

    @property
    def texto(self) -> str:
        return str(_FRANJAS[self])

    @property
    def horas(self) -> tuple[int, int]:
        """Minutes after midnight, from and up to."""
        return (480, 720) if self is Franja.MANANA else (840, 1080)


_FRANJAS = {
    Franja.MANANA: _l("En la mañana, de 8:00 a 12:00"),
    Franja.TARDE: _l("En la tarde, de 14:00 a 18:00"),
}
