"""What who buys pays for getting it there: nothing, the rate of who carries it, or what the seller says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from moneyed import Money
from sqlmodel import Session

from comercio.formas.estados import FormaDeEntrega
from comercio.formas.ofrecer import Forma
from envios import Tarifa, mas_barata, tarifas_entre
from nucleo.dinero import cero, formato_bs
from nucleo.memoria import Memoria
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@dataclass(frozen=True, slots=True)
class PorLlevar:
    """What one seller sends: how, to where (INE code), what it weighs and what its goods cost."""

    forma: Forma
    destino_ine: str
    peso_g: int
    bienes: Money

    @property
    def gratis(self) -> bool:
        """Whether its goods cost so much that nothing is charged."""
        return self.forma.gratis_desde is not None and self.bienes >= self.forma.gratis_desde

    @property
    def ruta(self) -> tuple[str, str] | None:
        """From where to where it is quoted; None of what needs no rate."""
        con_tarifa = self.forma.forma is FormaDeEntrega.CORREO and self.forma.cobra and not self.gratis
        return (self.forma.origen_ine or "", self.destino_ine) if con_tarifa else None


@dataclass(frozen=True, slots=True)
class Porte:
    """What is paid for it, by whose rate (None: by what the seller says), whether it would cost something but
    for the amount of the goods, and what the parcel that was quoted weighs."""

    monto: Money
    tarifa: Tarifa | None = None
    gratis: bool = False
    peso_g: int = 0

    @property
    def texto(self) -> str:
        """As people read it beside the amount."""
        if self.tarifa is not None:
            return _("con %(operador)s, %(servicio)s: %(dias)s") % {
                "operador": self.tarifa.operador,
                "servicio": self.tarifa.nombre,
                "dias": en_dias(self.tarifa.dias),
            }
        return ""

    @property
    def precio(self) -> str:
        if self.monto > cero():
            return formato_bs(self.monto)
        return _("gratis") if self.gratis else _("incluido")


def en_dias(dias: int) -> str:
    """The days that an operator promises."""
    texto = ngettext(
        "%(num)s día hábil desde que el correo lo recibe",
        "%(num)s días hábiles desde que el correo lo recibe",
        dias,
    )
    return texto % {"num": dias}


def portes(sesion: Session, envios: Sequence[PorLlevar], *, a_la_vista: bool = False) -> list[Porte | None]:
    """What each costs who buys; None of what nobody carries there. In a fixed number of statements; with
    `a_la_vista` by rates that may be a minute old, for a page where nothing is paid."""
    rutas = {x.ruta for x in envios if x.ruta is not None}
    if a_la_vista:
        tarifas = {r: _vistas.obtener(r, partial(_tarifas, sesion, r)) for r in rutas}
    else:
        tarifas = tarifas_entre(sesion, rutas) if rutas else {}
    return [_porte(x, tarifas) for x in envios]


def _tarifas(sesion: Session, ruta: tuple[str, str]) -> tuple[Tarifa, ...]:
    return tarifas_entre(sesion, [ruta])[ruta]


def _porte(envio: PorLlevar, tarifas: dict[tuple[str, str], tuple[Tarifa, ...]]) -> Porte | None:
    if not envio.forma.llega_a(envio.destino_ine):
        return None
    if envio.ruta is not None:
        hallada = mas_barata(tarifas[envio.ruta], envio.peso_g)
        return Porte(hallada[1], hallada[0], peso_g=envio.peso_g) if hallada else None
    if envio.forma.forma is FormaDeEntrega.REPARTO:
        cobra = envio.forma.zonas[envio.destino_ine]
        return Porte(cero(), gratis=cobra > cero()) if envio.gratis else Porte(cobra)
    return Porte(cero(), gratis=envio.forma.cobra)


def olvidar_tarifas() -> None:
    """Read the rates that pages show again; for tests."""
    _vistas.vaciar()


_vistas: Memoria[tuple[str, str], tuple[Tarifa, ...]] = Memoria(segundos=60, maximo=5_000)
