"""Connecting programs to a unit, giving them new secrets, disconnecting them.

Only who administers the unit does it, having signed in not long ago, and never for more than they have
themselves: a program lasts no longer than their mandate, and one that commits money asks for a mandate
without limits, since a program has none.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists
from sqlmodel import Session, col, select

from ciudadania import (
    ALCANCES,
    VIDA_DEL_SECRETO,
    Cliente,
    ClienteNoEncontrado,
    Riesgo,
    cliente_por_id,
    clientes_de,
    crear_cliente,
    exigir_sesion_reciente,
    proveer_unidad_que_actua,
    revocar_cliente,
    rotar_secreto,
)
from empresa_digital.registro.clientes.avisos import AVISO_PROGRAMA
from empresa_digital.registro.clientes.errores import DemasiadosProgramas, ProgramaRepetido
from empresa_digital.registro.mandatos import ADMINISTRABLES, Facultad, exigir_facultad, notificar_unidad
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.unidades import EstadoUnidad, bloquear_unidad, unidad_por_id
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

PROGRAMAS_MAXIMOS = 20
LARGO_DEL_NOMBRE = 80


@proveer_unidad_que_actua
def unidad_que_actua(unidad_id: Any) -> Any:
    """SQL condition: the unit with that id is registered, neither suspended nor closed."""
    return exists(
        select(col(UnidadEconomica.id)).where(
            col(UnidadEconomica.id) == unidad_id, col(UnidadEconomica.estado) == EstadoUnidad.INSCRITA
        )
    )


def programas_de(sesion: Session, actor: Actor, unidad_id: UUID) -> list[Cliente]:
    """The programs of a unit, for who administers it. Raises `SinFacultad`."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR, estados=tuple(EstadoUnidad))
    return clientes_de(sesion, unidad_id)


def conectar(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    *,
    nombre: str,
    alcances: Collection[str],
    dias: int | None = None,
    cliente_id: UUID | None = None,
) -> tuple[Cliente, str]:
    """Connect a program; returns it and its secret, which nobody can read again.

    The secret ends after `dias` (1 to 365; 365 when None), or with the mandate of who connects it. Raises
    `SinFacultad`, `SesionNoReciente`, `DatosInvalidos`, `ProgramaRepetido`, `DemasiadosProgramas`.
    """
    bloquear_unidad(sesion, unidad_id)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    return conectar_con(
        sesion, autorizacion, nombre=nombre, alcances=alcances, dias=dias, cliente_id=cliente_id
    )


def conectar_con(
    sesion: Session,
    autorizacion: Autorizacion,
    *,
    nombre: str,
    alcances: Collection[str],
    dias: int | None = None,
    cliente_id: UUID | None = None,
) -> tuple[Cliente, str]:
    """`conectar` for a caller that already holds the authority over that unit."""
    unidad = bloquear_unidad(sesion, _unidad(autorizacion))
    nombre = _nombre(nombre)
    conectados = [c for c in clientes_de(sesion, unidad.id) if c.revocado_en is None]
    if any(c.nombre.casefold() == nombre.casefold() or c.id == cliente_id for c in conectados):
        falta = _("Ya está conectado «%(nombre)s». Si perdió su secreto, pida otro en su página.")
        falta %= {"nombre": nombre}
        raise ProgramaRepetido(falta, campos={"nombre": falta})
    if len(conectados) >= PROGRAMAS_MAXIMOS:
        raise DemasiadosProgramas(_("Desconecte uno que ya no use."))
    vence_en = _vencimiento(sesion, autorizacion, alcances, dias)
    cliente, secreto = crear_cliente(
        sesion,
        autorizacion,
        nombre,
        unidad_id=unidad.id,
        alcances=alcances,
        vence_en=vence_en,
        cliente_id=cliente_id,
    )
    cuerpo = _("Lo conectó %(quien)s. Puede: %(alcances)s.") % {
        "quien": autorizacion.actor.nombre,
        "alcances": en_palabras(cliente.alcances),
    }
    _avisar(sesion, unidad.numero, cliente, _("Se conectó el programa «%(nombre)s»"), cuerpo)
    return cliente, secreto


def rotar(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    cliente_id: UUID,
    *,
    pista: str,
    traslape: timedelta,
    dias: int | None = None,
) -> tuple[Cliente, str]:
    """Give a program a new secret; the former one works for `traslape` more (at most seven days), and not a
    moment with none. `pista`: the last letters of the secret to replace.

    Raises `SinFacultad`, `SesionNoReciente`, `ClienteNoEncontrado`, `ClienteDesconectado`, `SecretoYaRotado`,
    `RotacionEnCurso`, `DatosInvalidos`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    return rotar_con(sesion, autorizacion, cliente_id, pista=pista, traslape=traslape, dias=dias)


def rotar_con(
    sesion: Session,
    autorizacion: Autorizacion,
    cliente_id: UUID,
    *,
    pista: str | None,
    traslape: timedelta,
    dias: int | None = None,
) -> tuple[Cliente, str]:
    """`rotar` for a caller that already holds the authority over that unit; no `pista` asks for none."""
    actual = _suyo(sesion, autorizacion, cliente_id)
    vence_en = _vencimiento(sesion, autorizacion, actual.alcances, dias)
    cliente, secreto = rotar_secreto(
        sesion, autorizacion, cliente_id, pista=pista, traslape=traslape, vence_en=vence_en
    )
    quien = {"quien": autorizacion.actor.nombre}
    cuerpo = (
        _("Lo pidió %(quien)s. El secreto anterior todavía vale un tiempo.") % quien
        if cliente.anterior_vence_en
        else _("Lo pidió %(quien)s. El secreto anterior y sus tokens ya no valen.") % quien
    )
    numero = unidad_por_id(sesion, cliente.unidad_id).numero
    _avisar(sesion, numero, cliente, _("El programa «%(nombre)s» tiene un secreto nuevo"), cuerpo)
    return cliente, secreto


def desconectar(sesion: Session, actor: Actor, unidad_id: UUID, cliente_id: UUID, motivo: str) -> Cliente:
    """Disconnect a program for ever, from its next request on; also of a unit that is suspended.

    Raises `SinFacultad`, `SesionNoReciente`, `ClienteNoEncontrado`, `ClienteDesconectado`, `DatosInvalidos`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    return desconectar_con(sesion, autorizacion, cliente_id, motivo)


def desconectar_con(sesion: Session, autorizacion: Autorizacion, cliente_id: UUID, motivo: str) -> Cliente:
    """`desconectar` for a caller that already holds the authority over that unit."""
    _suyo(sesion, autorizacion, cliente_id)
    cliente = revocar_cliente(
        sesion,
        autorizacion,
        cliente_id,
        texto_obligatorio("motivo", motivo, _("Escriba por qué lo desconecta.")),
    )
    cuerpo = _("Lo desconectó %(quien)s. Motivo: %(motivo)s") % {
        "quien": autorizacion.actor.nombre,
        "motivo": cliente.revocado_motivo,
    }
    numero = unidad_por_id(sesion, cliente.unidad_id).numero
    _avisar(sesion, numero, cliente, _("Se desconectó el programa «%(nombre)s»"), cuerpo)
    return cliente


def en_palabras(alcances: Collection[str]) -> str:
    """What those scopes let a program do, in a sentence."""
    return "; ".join(str(ALCANCES[a].puede).lower() for a in alcances)


# --- Rules ---------------------------------------------------------------------------------------------


def _unidad(autorizacion: Autorizacion) -> UUID:
    assert autorizacion.unidad_id is not None
    return autorizacion.unidad_id


def _suyo(sesion: Session, autorizacion: Autorizacion, cliente_id: UUID) -> Cliente:
    """The program, of the unit for which one acts; of another it does not exist."""
    cliente = cliente_por_id(sesion, cliente_id)
    if cliente.unidad_id != _unidad(autorizacion):
        raise ClienteNoEncontrado()
    return cliente


def _nombre(texto: str) -> str:
    return " ".join(texto_obligatorio("nombre", texto, _("Escriba cómo lo llama."), LARGO_DEL_NOMBRE).split())


def _vencimiento(
    sesion: Session, autorizacion: Autorizacion, alcances: Collection[str], dias: int | None
) -> datetime:
    """When the secret ends: nobody gives to a program more than they have, in amount or in time."""
    if dias is not None and not 1 <= dias <= VIDA_DEL_SECRETO.days:
        raise DatosInvalidos(campos={"dias": _("Un secreto vale de 1 a 365 días.")})
    ahora = ahora_bd(sesion)
    vence_en = ahora + (timedelta(days=dias) if dias else VIDA_DEL_SECRETO)
    for mandato in sesion.exec(select(Mandato).where(col(Mandato.id).in_(autorizacion.cadena))):
        compromete = [a for a in alcances if a in ALCANCES and ALCANCES[a].compromete]
        limites = (mandato.monto_limite, mandato.limite_dia, mandato.limite_mes)
        if compromete and any(limite is not None for limite in limites):
            falta = _("Su mandato tiene límite, y un programa no: que lo conecte quien no lo tiene.")
            raise DatosInvalidos(falta, campos={"alcances": falta})
        fines = [f for f in (mandato.valido_hasta, mandato.revocado_en) if f is not None]
        vence_en = min([vence_en, *fines])
    return vence_en


def _avisar(sesion: Session, numero: str, cliente: Cliente, asunto: str, cuerpo: str) -> None:
    notificar_unidad(
        sesion,
        cliente.unidad_id,
        asunto % {"nombre": cliente.nombre},
        cuerpo,
        f"/mis-unidades/{numero}/programas",
        clase=AVISO_PROGRAMA,
    )
