"""What ways of delivery a seller offers: declared by them, read by who buys."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import bindparam, delete, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from comercio.catalogo import bloquear_lugar, lugar_principal
from comercio.catalogo.modelos import LugarDeDespacho
from comercio.formas.estados import FormaDeEntrega
from comercio.formas.modelos import FormaOfrecida, ZonaDeReparto
from empresa_digital.registro import Facultad, exigir_facultad, lugares, unidad_por_id
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import bs, cero, de_centavos, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Forma:
    """A way of delivery that a seller offers from `origen_ine`; of `REPARTO`, `zonas` are the municipalities
    that it reaches, each with its charge. By post, `cobra`: who buys pays the rate of who carries it. From
    `gratis_desde` in goods on, nothing is charged. By post, `contra_entrega`: it may be paid at the door."""

    forma: FormaDeEntrega
    indicaciones: str = ""
    zonas: Mapping[str, Money] = field(default_factory=dict, hash=False)
    cobra: bool = False
    gratis_desde: Money | None = None
    origen_ine: str | None = None
    contra_entrega: bool = False

    def llega_a(self, municipio_ine: str) -> bool:
        return self.forma is not FormaDeEntrega.REPARTO or municipio_ine in self.zonas


POR_CORREO = Forma(FormaDeEntrega.CORREO)


@dataclass(frozen=True, slots=True)
class Cobro:
    """What a seller charges for delivery, apart from the price: by post, the rate of who carries it; where
    they take it themselves, so much for each municipality (none: their own, for nothing); from an amount in
    goods on, nothing. `contra_entrega`: what goes by post may be paid at the door."""

    correo: bool = False
    zonas: Mapping[str, Money] = field(default_factory=dict)
    gratis_desde: Money | None = None
    contra_entrega: bool = False

    def de(self, forma: FormaDeEntrega) -> bool:
        en_zonas = any(monto > cero() for monto in self.zonas.values())
        return {FormaDeEntrega.CORREO: self.correo, FormaDeEntrega.REPARTO: en_zonas}.get(forma, False)


SIN_COBRO = Cobro()
COBRO_MAXIMO = bs("1000.00")
"""For taking it to a municipality: what costs more is agreed on otherwise."""


def declarar(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    formas: Mapping[FormaDeEntrega, str],
    cobro: Cobro = SIN_COBRO,
) -> list[Forma]:
    """The seller offers these from now on, each with its directions and its charge, and no other; what was
    sold stays as it was sold. Raises `DatosInvalidos`, `SinFacultad`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    lugar = lugar_principal(sesion, unidad_por_id(sesion, unidad_id))
    _exigir_completas(lugar, formas)
    _exigir_cobro(sesion, lugar, formas, cobro)
    bloquear_lugar(sesion, lugar.id)
    for forma in FormaDeEntrega:
        fila = sesion.get(FormaOfrecida, (lugar.id, forma.value), populate_existing=True)
        if fila is None:
            fila = FormaOfrecida(lugar_id=lugar.id, forma=forma, ofrece=False)
        fila.ofrece = forma in formas
        fila.indicaciones = formas.get(forma, fila.indicaciones)
        fila.cobra = fila.ofrece and cobro.de(forma)
        fila.gratis_desde = cobro.gratis_desde if fila.cobra else None
        fila.contra_entrega = forma is FormaDeEntrega.CORREO and cobro.contra_entrega
        fila.cambiada_en = ahora_bd(sesion)
        sesion.add(fila)
    _poner_zonas(sesion, lugar.id, cobro.zonas if FormaDeEntrega.REPARTO in formas else {})
    hechos = {
        "formas": [f.value for f in FormaDeEntrega if f in formas],
        "cobra": [f.value for f in FormaDeEntrega if f in formas and cobro.de(f)],
        "contra_entrega": cobro.contra_entrega,
    }
    auditar(sesion, autorizacion, "formas_de_entrega.declarar", "registro_unidad", unidad_id, hechos)
    return formas_de(sesion, [unidad_id])[unidad_id]


def _exigir_completas(lugar: LugarDeDespacho, formas: Mapping[FormaDeEntrega, str]) -> None:
    if not formas:
        texto = _("Deje al menos una: si no, nadie puede recibir lo que vende.")
        raise DatosInvalidos(texto, campos={"correo": texto})
    if not formas.get(FormaDeEntrega.RETIRO, "-"):
        texto = _("Escriba dónde y en qué horario se recoge.")
        raise DatosInvalidos(texto, campos={"donde": texto})
    if FormaDeEntrega.REPARTO in formas and lugar.municipio_ine is None:
        texto = _("Para repartir, su unidad necesita un municipio en el registro.")
        raise DatosInvalidos(texto, campos={"reparto": texto})


def _exigir_cobro(
    sesion: Session, lugar: LugarDeDespacho, formas: Mapping[FormaDeEntrega, str], cobro: Cobro
) -> None:
    """What is charged is of what is offered, from and to places that exist."""
    if cobro.correo and FormaDeEntrega.CORREO not in formas:
        texto = _("Para cobrar el correo, ofrezca enviar por correo.")
        raise DatosInvalidos(texto, campos={"cobra_correo": texto})
    if cobro.correo and lugar.municipio_ine is None:
        texto = _("Para cobrar el correo, su unidad necesita un municipio en el registro.")
        raise DatosInvalidos(texto, campos={"cobra_correo": texto})
    if cobro.contra_entrega and (FormaDeEntrega.CORREO not in formas or lugar.municipio_ine is None):
        texto = _("Para que paguen al recibir, ofrezca enviar por correo, desde el municipio de su registro.")
        raise DatosInvalidos(texto, campos={"contra_entrega": texto})
    if cobro.zonas and FormaDeEntrega.REPARTO not in formas:
        texto = _("Para cobrar lo que lleva usted, marque que lo lleva.")
        raise DatosInvalidos(texto, campos={"reparto": texto})
    conocidos = lugares(sesion, cobro.zonas)
    for n, (ine, monto) in enumerate(cobro.zonas.items()):
        if ine not in conocidos:
            texto = _("Elija un municipio de la lista.")
            raise DatosInvalidos(texto, campos={f"zonas.{n}.municipio_ine": texto})
        if not cero() <= monto <= COBRO_MAXIMO:
            texto = _("Cobre hasta %(tope)s por llevarlo.") % {"tope": formato_bs(COBRO_MAXIMO)}
            raise DatosInvalidos(texto, campos={f"zonas.{n}.monto": texto})
    if cobro.gratis_desde == cero():
        texto = _("Escriba desde cuánto; o déjelo vacío.")
        raise DatosInvalidos(texto, campos={"gratis_desde": texto})
    if cobro.gratis_desde is not None and not any(cobro.de(f) for f in formas):
        texto = _("Solo si cobra alguna entrega puede ser gratis desde un monto.")
        raise DatosInvalidos(texto, campos={"gratis_desde": texto})


def _poner_zonas(sesion: Session, lugar_id: UUID, zonas: Mapping[str, Money]) -> None:
    sesion.connection().execute(delete(ZonaDeReparto).where(col(ZonaDeReparto.lugar_id) == lugar_id))
    sesion.add_all(
        ZonaDeReparto(lugar_id=lugar_id, municipio_ine=ine, monto=monto) for ine, monto in zonas.items()
    )
    sesion.flush()


_ZONAS = (
    select(func.jsonb_object_agg(ZonaDeReparto.municipio_ine, ZonaDeReparto.monto))
    .where(col(ZonaDeReparto.lugar_id) == col(LugarDeDespacho.id))
    .scalar_subquery()
)


def ofrecidas(vendedores: Any) -> Any:
    """What `leer_formas` reads of sellers (ids, or a query of them), to be asked beside other things."""
    consulta = (
        select(
            func.jsonb_agg(
                func.jsonb_build_array(
                    LugarDeDespacho.vendedor_id,
                    LugarDeDespacho.municipio_ine,
                    FormaOfrecida.forma,
                    FormaOfrecida.indicaciones,
                    FormaOfrecida.cobra,
                    FormaOfrecida.gratis_desde,
                    _ZONAS,
                    FormaOfrecida.contra_entrega,
                )
            )
        )
        .join(FormaOfrecida, col(FormaOfrecida.lugar_id) == col(LugarDeDespacho.id))
        .where(
            col(LugarDeDespacho.vendedor_id).in_(vendedores),
            col(LugarDeDespacho.principal),
            col(FormaOfrecida.ofrece),
        )
    )
    return consulta.scalar_subquery()


_OFRECIDAS = sql_select(ofrecidas(bindparam("vendedores", expanding=True)))


def formas_de(sesion: Session, vendedores: Collection[UUID]) -> dict[UUID, list[Forma]]:
    """What each of these sellers offers, by post first; one query."""
    return leer_formas(vendedores, sesion.execute(_OFRECIDAS, {"vendedores": list(vendedores)}).scalar_one())


def leer_formas(vendedores: Collection[UUID], dato: Any) -> dict[UUID, list[Forma]]:
    ofrecen: dict[UUID, dict[FormaDeEntrega, Forma]] = {v: {} for v in vendedores}
    for vendedor_id, municipio_ine, codigo, indicaciones, cobra, gratis_desde, zonas, contra in dato or ():
        forma = FormaDeEntrega(codigo)
        de_reparto = zonas or ({municipio_ine: 0} if municipio_ine else {})
        ofrecen[UUID(vendedor_id)][forma] = Forma(
            forma,
            indicaciones,
            {ine: de_centavos(monto) for ine, monto in de_reparto.items()}
            if forma is FormaDeEntrega.REPARTO
            else {},
            cobra,
            None if gratis_desde is None else de_centavos(gratis_desde),
            municipio_ine,
            contra,
        )
    return {v: [f[x] for x in FormaDeEntrega if x in f] or [POR_CORREO] for v, f in ofrecen.items()}


def a_donde_reparte(sesion: Session, forma: Forma) -> str:
    """The municipalities where a seller takes it, each with its charge, by name."""
    nombres = lugares(sesion, forma.zonas)
    dichas = sorted((nombres.get(ine, ine), monto) for ine, monto in forma.zonas.items())
    return "; ".join(f"{n} ({formato_bs(m)})" if m > cero() else n for n, m in dichas)
