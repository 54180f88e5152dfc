"""Reads of wallets: names in bulk, what is left of each limit, requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import Session, col, or_, select

from ciudadania import Persona
from empresa_digital.registro import UnidadEconomica
from nucleo.actor import Actor
from nucleo.errores import Prohibido
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _
from pagos.accesos import NOMBRE_DE_SISTEMA
from pagos.modelos import Cuenta, Limite
from pagos.personas.accesos import persona_de
from pagos.personas.errores import SolicitudInexistente
from pagos.personas.modelos import Solicitud
from pagos.tipos import TipoTitular


def nombres_en_lote(sesion: Session, cuentas: Iterable[int]) -> dict[int, str]:
    """How to name each account to the other party: three queries however many there are."""
    ids = list(set(cuentas))
    if not ids:
        return {}
    filas = sesion.execute(
        select(Cuenta.id, Cuenta.titular_tipo, Cuenta.titular_id, Cuenta.tipo).where(col(Cuenta.id).in_(ids))
    ).all()
    de = {
        tipo: {f.titular_id for f in filas if f.titular_tipo == tipo}
        for tipo in (TipoTitular.PERSONA, TipoTitular.UNIDAD)
    }
    personas = sesion.exec(select(Persona).where(col(Persona.id).in_(de[TipoTitular.PERSONA])))
    unidades = sesion.exec(select(UnidadEconomica).where(col(UnidadEconomica.id).in_(de[TipoTitular.UNIDAD])))
    nombres: dict[UUID, str] = {p.id: p.nombre_completo for p in personas}
    nombres |= {u.id: u.nombre_comercial or u.denominacion for u in unidades}
    return {
        int(f.id or 0): NOMBRE_DE_SISTEMA.get(f.tipo, "Qhatu")
        if f.titular_tipo == TipoTitular.SISTEMA
        else nombres.get(f.titular_id, _("Cuenta sin titular"))
        for f in filas
    }


# --- Limits -------------------------------------------------------------------------------------------------

# The ledger's own functions: the counters as a transfer made now would find them, and the limits in force.
_USO = text(
    """
    SELECT n.*, l.*, h.ahora
    FROM (SELECT greatest(nucleo_ahora(), c.ultima_en) AS ahora, c
          FROM pagos_cuenta c WHERE c.id = :cuenta) h,
         LATERAL pagos_limites_en((h.c).nivel, h.ahora) AS l,
         LATERAL (
            SELECT d.salida_dia AS u_salida_dia, d.salida_mes AS u_salida_mes,
                   d.salidas_dia AS u_salidas_dia, d.salidas_mes AS u_salidas_mes,
                   d.entrada_dia AS u_entrada_dia, d.entrada_mes AS u_entrada_mes,
                   d.entradas_dia AS u_entradas_dia, d.entradas_mes AS u_entradas_mes
            FROM pagos_nuevo_dia(h.c, (h.ahora AT TIME ZONE 'America/La_Paz')::date) d
         ) AS n
    """
)


@dataclass(frozen=True, slots=True)
class Uso:
    """A limit (None is no limit) and how much of it is used; centavos, or counts."""

    limite: int | None
    usado: int

    @property
    def queda(self) -> int | None:
        return None if self.limite is None else max(self.limite - self.usado, 0)


@dataclass(frozen=True, slots=True)
class LimitesDeSentido:
    """The limits of one direction now, with the norm of the row in force."""

    direccion: str
    por_transaccion: int | None
    dia: Uso
    mes: Uso
    cantidad_dia: Uso
    cantidad_mes: Uso
    norma: str | None
    vigente_desde: datetime | None
    rapidez: tuple[int, int] | None = None  # payments, in how many minutes


def limites_y_uso(sesion: Session, cuenta: Cuenta) -> list[LimitesDeSentido]:
    """The limits of an account and what is used of each, out and in; empty when it has none."""
    if cuenta.nivel == 0:
        return []
    f: Any = sesion.connection().execute(_USO, {"cuenta": cuenta.id}).one()
    salida, entrada = (limite_vigente(sesion, cuenta.nivel, d, f.ahora) for d in ("salida", "entrada"))
    return [
        LimitesDeSentido(
            "salida",
            f.salida_tx,
            Uso(f.salida_dia, f.u_salida_dia),
            Uso(f.salida_mes, f.u_salida_mes),
            Uso(f.salidas_dia, f.u_salidas_dia),
            Uso(f.salidas_mes, f.u_salidas_mes),
            salida.norma if salida else None,
            salida.vigente_desde if salida else None,
            None if f.salidas_rapidas is None else (f.salidas_rapidas, f.ventana_min),
        ),
        LimitesDeSentido(
            "entrada",
            f.entrada_tx,
            Uso(f.entrada_dia, f.u_entrada_dia),
            Uso(f.entrada_mes, f.u_entrada_mes),
            Uso(f.entradas_dia, f.u_entradas_dia),
            Uso(f.entradas_mes, f.u_entradas_mes),
            entrada.norma if entrada else None,
            entrada.vigente_desde if entrada else None,
        ),
    ]


def limite_vigente(sesion: Session, nivel: int, direccion: str, instante: datetime) -> Limite | None:
    """The row of limits that applies to a level in one direction at an instant."""
    consulta = (
        select(Limite)
        .where(
            col(Limite.nivel) <= nivel,
            col(Limite.direccion) == direccion,
            col(Limite.vigente_desde) <= instante,
        )
        .order_by(col(Limite.nivel).desc(), col(Limite.vigente_desde).desc())
        .limit(1)
    )
    return sesion.exec(consulta).first()


# --- Requests for money -------------------------------------------------------------------------------------


def solicitud_para(sesion: Session, actor: Actor, solicitud_id: UUID) -> Solicitud:
    """A request, for the two who take part. Raises `SolicitudInexistente`, `Prohibido`."""
    solicitud = sesion.get(Solicitud, solicitud_id, populate_existing=True)
    if solicitud is None:
        raise SolicitudInexistente(_("Revise la dirección."))
    if actor.persona_id is None or actor.persona_id not in (solicitud.solicitante_id, solicitud.pagador_id):
        raise Prohibido(_("Solo quien pide y a quien se pide pueden ver esta solicitud."))
    return solicitud


def solicitudes_de(
    sesion: Session, actor: Actor, pagina: CursorPedido, *, rol: str = "todas", pendientes: bool = False
) -> tuple[list[Solicitud], str | None]:
    """The person's requests, newest first: `recibidas`, `enviadas` or both."""
    persona = persona_de(actor)
    recibida, enviada = col(Solicitud.pagador_id) == persona, col(Solicitud.solicitante_id) == persona
    consulta = select(Solicitud).where(
        {"recibidas": recibida, "enviadas": enviada}.get(rol, or_(recibida, enviada))
    )
    if pendientes:
        consulta = consulta.where(
            col(Solicitud.estado) == "pendiente", col(Solicitud.vence_en) > func.nucleo_ahora()
        )
    return paginar(sesion, consulta, pagina, columnas=(col(Solicitud.creada_en), col(Solicitud.id)))


def personas_en_lote(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Full names of people, in one query."""
    personas = sesion.exec(select(Persona).where(col(Persona.id).in_(set(ids))))
    return {p.id: p.nombre_completo for p in personas}
