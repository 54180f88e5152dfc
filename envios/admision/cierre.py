"""The day of a counter: what was admitted, by whom, and what each took in."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from babel.numbers import format_decimal
from moneyed import Money
from sqlmodel import Session

from ciudadania import nombres_de_personas
from envios.admision.consultas import admitidos_el
from envios.admision.estados import Medio
from envios.admision.modelos import FilaDeAdmision
from envios.eventos import corregidos_de
from envios.items import lugares_de
from envios.items.modelos import Envio
from nucleo.archivos.tablas import celda, escribir_tabla
from nucleo.dinero import cero
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Renglon:
    """A parcel of the day. `vale` is false of what was declared wrong afterwards: it adds up to nothing."""

    admision: FilaDeAdmision
    envio: Envio
    destino: str
    quien: str
    vale: bool


@dataclass(slots=True)
class Suma:
    """What one worker, or all, admitted: parcels, grams, cash and what accounts paid."""

    quien: str
    paquetes: int = 0
    gramos: int = 0
    efectivo: Money = field(default_factory=cero)
    por_cuenta: Money = field(default_factory=cero)

    def sumar(self, fila: FilaDeAdmision) -> None:
        self.paquetes += 1
        self.gramos += fila.peso_g
        if fila.medio is Medio.EFECTIVO:
            self.efectivo += fila.importe
        elif fila.medio is Medio.CUENTA:
            self.por_cuenta += fila.importe


@dataclass(frozen=True, slots=True)
class Cierre:
    """Newest first; `sumas` by worker, by name."""

    dia: date
    renglones: list[Renglon]
    sumas: list[Suma]
    total: Suma


def cierre_del_dia(sesion: Session, agencia_id: UUID, dia: date) -> Cierre:
    """In a fixed number of statements, however many parcels."""
    pares = admitidos_el(sesion, agencia_id, dia)
    envios = [e for _a, e in pares]
    corregidos = corregidos_de(sesion, [e.id for e in envios]) if envios else set()
    lugares = lugares_de(sesion, envios)
    nombres = _nombres(sesion, {a.admitido_por for a, _e in pares})
    renglones = [
        Renglon(
            a, e, lugares[e.destino_municipio_ine], nombres[a.admitido_por], a.evento_id not in corregidos
        )
        for a, e in pares
    ]
    por_quien: dict[str, Suma] = {}
    total = Suma(_("Toda la agencia"))
    for renglon in renglones:
        if renglon.vale:
            clave = renglon.admision.admitido_por
            por_quien.setdefault(clave, Suma(renglon.quien)).sumar(renglon.admision)
            total.sumar(renglon.admision)
    return Cierre(dia, renglones, sorted(por_quien.values(), key=lambda s: s.quien), total)


def _nombres(sesion: Session, claves: set[str]) -> dict[str, str]:
    """Who admitted, by the key that the row keeps: people by name, programs as such."""
    de = {c: UUID(c.removeprefix("persona:")) for c in claves if c.startswith("persona:")}
    nombres = nombres_de_personas(sesion, set(de.values()))
    return {c: nombres[de[c]] if c in de else _("Un programa del operador") for c in claves}


def en_csv(cierre: Cierre) -> bytes:
    """The parcels of the day, as spreadsheets open them; amounts as `1.234,50`."""
    titulos = (
        _("Hora"),
        _("Número"),
        _("Destino"),
        _("Peso declarado (g)"),
        _("Peso medido (g)"),
        _("Franqueo"),
        _("Cómo se pagó"),
        _("Quién admitió"),
        _("Vale"),
    )
    return escribir_tabla([titulos, *(_en_celdas(r) for r in cierre.renglones)])


def _en_celdas(renglon: Renglon) -> tuple[object, ...]:
    fila = renglon.admision
    return (
        f"{fila.admitido_en.astimezone(ZONA):%H:%M:%S}",
        renglon.envio.numero,
        celda(renglon.destino),
        fila.declarado_g,
        fila.peso_g,
        format_decimal(fila.importe.amount, format="#,##0.00", locale="es_BO"),
        fila.medio.value,
        celda(renglon.quien),
        _("sí") if renglon.vale else _("corregido: no"),
    )
