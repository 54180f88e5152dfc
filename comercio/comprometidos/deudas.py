"""What public entities received and have not paid: for who is owed, and for the authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, and_, func, or_, type_coerce
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido
from comercio.comprometidos.consultas import compromisos_de_pedidos
from comercio.comprometidos.valores import CompromisoLeido
from comercio.custodia import EstadoCompromiso, EstadoCustodia, Garantia, QueSeDijo
from comercio.custodia.modelos import Compromiso, Custodia, PagoDicho
from empresa_digital.registro import nombres_de_unidades
from nucleo.dinero import de_centavos
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import ahora_bd, fecha_bolivia

ENTIDADES_MAXIMO = 100


@dataclass(frozen=True, slots=True)
class Deuda:
    """An order that its entity has not paid, or says that it paid."""

    compromiso: CompromisoLeido
    entidad: str

    @property
    def monto(self) -> Money:
        return self.compromiso.queda if self.compromiso.por_pagar else self.compromiso.ejecutado


@dataclass(frozen=True, slots=True)
class EntidadTarde:
    """How much an entity is late with of what it received conform, of how many orders, since how many
    days it had to be paid."""

    entidad_id: UUID
    entidad: str
    pedidos: int
    monto: Money
    dias_de_mora: int


def deudas_con(
    sesion: Session, vendedor_id: UUID, pagina: CursorPedido
) -> tuple[Sequence[Deuda], str | None]:
    """What entities must pay to a seller, owe them, or say that they paid and they have not answered, the
    oldest first."""
    dicho = col(Compromiso.estado) == EstadoCompromiso.DICHO
    return _deudas(sesion, and_(col(Pedido.vendedor_id) == vendedor_id, or_(_debido(), dicho)), pagina)


def deudas_tarde(sesion: Session, pagina: CursorPedido) -> tuple[Sequence[Deuda], str | None]:
    """Of all, what is late or owed, the oldest first."""
    return _deudas(sesion, _tarde(), pagina)


def entidades_tarde(sesion: Session) -> Sequence[EntidadTarde]:
    """Those that are late, who is it longest first."""
    debe = func.sum(
        type_coerce(col(Custodia.monto), BigInteger) - type_coerce(col(Custodia.devuelto), BigInteger)
    )
    desde = func.min(col(Custodia.liberar_en))
    consulta = (
        select(Compromiso.entidad_id, func.count(), debe, desde)
        .join(Custodia, col(Custodia.pedido_id) == col(Compromiso.pedido_id))
        .where(_tarde())
        .group_by(col(Compromiso.entidad_id))
        .order_by(desde, col(Compromiso.entidad_id))
        .limit(ENTIDADES_MAXIMO)
    )
    filas, hoy = sesion.exec(consulta).all(), fecha_bolivia(ahora_bd(sesion))
    nombres = nombres_de_unidades(sesion, [entidad_id for entidad_id, *_resto in filas])
    return [
        EntidadTarde(
            entidad_id,
            nombres[entidad_id],
            cuantos,
            de_centavos(int(monto)),
            (hoy - fecha_bolivia(desde)).days,
        )
        for entidad_id, cuantos, monto, desde in filas
    ]


def contar_deudas(sesion: Session, vendedor_id: UUID) -> int:
    """How many orders entities must pay to a seller, or owe them."""
    consulta = (
        select(func.count())
        .select_from(Compromiso)
        .join(Custodia, col(Custodia.pedido_id) == col(Compromiso.pedido_id))
        .join(Pedido, col(Pedido.id) == col(Compromiso.pedido_id))
        .where(col(Pedido.vendedor_id) == vendedor_id, _debido())
    )
    return sesion.exec(consulta).one()


def contar_entidades_tarde(sesion: Session) -> int:
    consulta = (
        select(func.count(func.distinct(col(Compromiso.entidad_id))))
        .join(Custodia, col(Custodia.pedido_id) == col(Compromiso.pedido_id))
        .where(_tarde())
    )
    return sesion.exec(consulta).one()


def _debido() -> ColumnElement[bool]:
    """Received conform and unpaid, from its date; or owed."""
    por_pagar = and_(
        col(Custodia.garantia) == Garantia.COMPROMISO,
        col(Custodia.estado) == EstadoCustodia.POR_LIBERAR,
        col(Custodia.liberar_en) <= func.nucleo_ahora(),
    )
    return or_(por_pagar, col(Compromiso.estado) == EstadoCompromiso.ADEUDADO)


def _dicho_otra_vez() -> ColumnElement[bool]:
    """What is said to have been paid again, after who sells said that it did not come: it is late until they
    say that it did, or their silence does."""
    desmentido = select(PagoDicho.numero).where(
        col(PagoDicho.pedido_id) == col(Compromiso.pedido_id), col(PagoDicho.que) == QueSeDijo.NO_LLEGO
    )
    return and_(col(Compromiso.estado) == EstadoCompromiso.DICHO, desmentido.exists())


def _tarde() -> ColumnElement[bool]:
    """Of what is due, what is owed, and what is unpaid past the term after which the authority is told; and
    what is said again to have been paid."""
    paso_su_plazo = or_(
        col(Compromiso.avisado_en).is_not(None), col(Compromiso.avisar_en) <= func.nucleo_ahora()
    )
    debido = and_(_debido(), or_(paso_su_plazo, col(Compromiso.estado) == EstadoCompromiso.ADEUDADO))
    return or_(debido, _dicho_otra_vez())


def _deudas(
    sesion: Session, cuales: ColumnElement[bool], pagina: CursorPedido
) -> tuple[Sequence[Deuda], str | None]:
    consulta = (
        select(Custodia)
        .join(Compromiso, col(Compromiso.pedido_id) == col(Custodia.pedido_id))
        .join(Pedido, col(Pedido.id) == col(Custodia.pedido_id))
        .where(cuales)
    )
    columnas = (Custodia.liberar_en, Custodia.pedido_id)
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, desc=False)
    leidos = compromisos_de_pedidos(sesion, [f.pedido_id for f in filas])
    nombres = nombres_de_unidades(sesion, {c.entidad_id for c in leidos.values()})
    suyos = [leidos[f.pedido_id] for f in filas]
    return [Deuda(c, nombres[c.entidad_id]) for c in suyos], siguiente
