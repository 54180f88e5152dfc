"""Machine clients: programs of a unit, with a secret to ask for tokens (OAuth 2 client credentials).

Who may connect one is the registry's business (`registro/clientes`): here is what a client is. It has one
secret, and the former one beside it while a rotation overlaps: never more, by the shape of its row.
"""

import hmac
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import false, func
from sqlmodel import Session, col, select

from ciudadania import bloqueos
from ciudadania.alcances import ALCANCES
from ciudadania.errores import (
    ClienteDesconectado,
    ClienteNoEncontrado,
    ClienteRechazado,
    RotacionEnCurso,
    SecretoYaRotado,
)
from ciudadania.modelos import ClienteMaquina
from ciudadania.secretos import esta_bien_copiado, huella, nuevo_secreto_reconocible
from ciudadania.valores import Cliente
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.tareas import pendientes
from nucleo.textos import gettext as _

PREFIJO_SECRETO = "qhs_"
VIDA_DEL_SECRETO = timedelta(days=365)
VIDA_MAXIMA = timedelta(days=366)
TRASLAPE = timedelta(days=1)
TRASLAPE_MAXIMO = timedelta(days=7)
TOQUE_CADA = timedelta(hours=1)
_HUELLA_DE_NADIE = huella(nuevo_secreto_reconocible(PREFIJO_SECRETO))


def _ninguna(_columna: Any) -> Any:
    return false()


_unidad_actua: Callable[[Any], Any] = _ninguna


def proveer_unidad_que_actua(funcion: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Let the registry, a room above, say whether the unit with the id of a column may act: a SQL condition
    (a decorator). The programs of one that may not are answered nothing, from that moment.
    """
    global _unidad_actua
    _unidad_actua = funcion
    return funcion


def sirve() -> Any:
    """SQL condition: the client is connected and its unit may act."""
    return col(ClienteMaquina.revocado_en).is_(None) & _unidad_actua(col(ClienteMaquina.unidad_id))


def actor_de_cliente(cliente: Cliente | ClienteMaquina, alcances: Iterable[str] = ()) -> Actor:
    return Actor(
        tipo="cliente",
        nombre=cliente.nombre,
        cliente_id=cliente.id,
        unidad_cliente_id=cliente.unidad_id,
        alcances=frozenset(alcances),
    )


# --- Its life --------------------------------------------------------------------------------------------


def crear_cliente(
    sesion: Session,
    autorizacion: Actor | Autorizacion,
    nombre: str,
    *,
    unidad_id: UUID,
    alcances: Collection[str],
    vence_en: datetime | None = None,
    cliente_id: UUID | None = None,
) -> tuple[Cliente, str]:
    """Connect a program of a unit; returns it and its secret, which is shown this once.

    `vence_en` is the end of the secret, a year from now when None. The caller vouches for `autorizacion`.
    Raises `DatosInvalidos`.
    """
    desconocidos = sorted(set(alcances) - ALCANCES.keys())
    if desconocidos or not alcances:
        falta = _("Hay alcances que no existen: %(cuales)s.") % {"cuales": ", ".join(desconocidos)}
        falta = falta if desconocidos else _("Marque al menos un alcance.")
        raise DatosInvalidos(falta, campos={"alcances": falta})
    secreto, ahora = nuevo_secreto_reconocible(PREFIJO_SECRETO), ahora_bd(sesion)
    fila = ClienteMaquina(
        id=cliente_id or nuevo_id(),
        nombre=nombre,
        unidad_id=unidad_id,
        alcances=sorted(alcances),
        huella_secreto=huella(secreto),
        pista=secreto[-4:],
        secreto_desde=ahora,
        secreto_vence_en=vence_en or ahora + VIDA_DEL_SECRETO,
        creado_en=ahora,
    )
    sesion.add(fila)
    sesion.flush()
    datos = {"nombre": nombre, "unidad_id": str(unidad_id), "alcances": fila.alcances}
    _auditar(sesion, autorizacion, fila, "crear", datos | {"vence": fila.secreto_vence_en.isoformat()})
    return fila.valor(), secreto


def rotar_secreto(
    sesion: Session,
    autorizacion: Actor | Autorizacion,
    cliente_id: UUID,
    *,
    pista: str | None,
    traslape: timedelta,
    vence_en: datetime | None = None,
) -> tuple[Cliente, str]:
    """Give a client a new secret; the former one still works for `traslape`, and then no more.

    With no overlap (the secret is known to somebody else) every secret and token from before is dead at once.
    `pista`, the last letters of the secret to replace, tells two who rotate at a time apart: None does not
    ask. Raises `ClienteDesconectado`, `SecretoYaRotado`, `RotacionEnCurso` (two secrets already work).
    """
    assert timedelta(0) <= traslape <= TRASLAPE_MAXIMO
    fila = _conectado(sesion, cliente_id)
    ahora = ahora_bd(sesion)
    if pista is not None and pista != fila.pista:
        raise SecretoYaRotado(
            _("El secreto actual termina en %(pista)s: alguien más lo rotó.") % {"pista": fila.pista}
        )
    if traslape and fila.anterior_vence_en is not None and fila.anterior_vence_en > ahora:
        raise RotacionEnCurso(_("Valen dos secretos: espere a que venza el anterior, o córtelo ya."))
    secreto = nuevo_secreto_reconocible(PREFIJO_SECRETO)
    # A secret that already expired does not come back for the overlap.
    hasta = min(ahora + traslape, fila.secreto_vence_en)
    queda = hasta > ahora
    fila.huella_anterior = fila.huella_secreto if queda else None
    fila.anterior_vence_en = hasta if queda else None
    fila.huella_secreto, fila.pista = huella(secreto), secreto[-4:]
    fila.secreto_desde, fila.secreto_vence_en = ahora, vence_en or ahora + VIDA_DEL_SECRETO
    sesion.flush()
    if not traslape:
        bloqueos.revocar_tokens(sesion, fila.id)
    datos = {"traslape_s": int(traslape.total_seconds()), "vence": fila.secreto_vence_en.isoformat()}
    _auditar(sesion, autorizacion, fila, "rotar", datos)
    return fila.valor(), secreto


def revocar_cliente(
    sesion: Session, autorizacion: Actor | Autorizacion, cliente_id: UUID, motivo: str
) -> Cliente:
    """Disconnect a program for ever: its secrets and its tokens open nothing from the next request on.

    Raises `ClienteDesconectado`.
    """
    fila = _conectado(sesion, cliente_id)
    fila.revocado_en, fila.revocado_motivo = ahora_bd(sesion), motivo
    sesion.flush()
    _auditar(sesion, autorizacion, fila, "revocar", {"motivo": motivo})
    return fila.valor()


def _conectado(sesion: Session, cliente_id: UUID) -> ClienteMaquina:
    """The client, locked. Raises `ClienteNoEncontrado`, `ClienteDesconectado`."""
    fila = bloqueos.cliente(sesion, cliente_id)
    if fila is None:
        raise ClienteNoEncontrado()
    if fila.revocado_en is not None:
        raise ClienteDesconectado(_("El programa ya está desconectado: conecte otro si lo necesita."))
    return fila


def _auditar(
    sesion: Session,
    autorizacion: Actor | Autorizacion,
    fila: ClienteMaquina,
    accion: str,
    datos: dict[str, Any],
) -> None:
    auditar(sesion, autorizacion, f"cliente.{accion}", "ciudadania_cliente", fila.id, datos)


# --- Reads -----------------------------------------------------------------------------------------------


def cliente_por_id(sesion: Session, cliente_id: UUID) -> Cliente:
    """Raises `ClienteNoEncontrado`."""
    fila = sesion.get(ClienteMaquina, cliente_id, populate_existing=True)
    if fila is None:
        raise ClienteNoEncontrado()
    return fila.valor()


def clientes_de(sesion: Session, unidad_id: UUID) -> list[Cliente]:
    """The programs of a unit: those connected first, by name; then the others, newest first."""
    consulta = select(ClienteMaquina).where(ClienteMaquina.unidad_id == unidad_id)
    orden = (
        col(ClienteMaquina.revocado_en).desc().nulls_first(),
        col(ClienteMaquina.nombre),
        col(ClienteMaquina.id),
    )
    return [f.valor() for f in sesion.exec(consulta.order_by(*orden).limit(200))]


def clientes_por_vencer(antes: timedelta) -> list[UUID]:
    """Those connected whose secret ends so soon and of which nobody was told, as a sweep takes them."""
    return pendientes(
        select(ClienteMaquina.id)
        .where(*_por_avisar(), col(ClienteMaquina.secreto_vence_en) < func.nucleo_ahora() + antes)
        .order_by(col(ClienteMaquina.secreto_vence_en), col(ClienteMaquina.id))
    )


def anotar_aviso_de_vencimiento(sesion: Session, cliente_id: UUID) -> Cliente | None:
    """The caller tells that the secret of a client ends; None when nobody need be told any more."""
    fila = bloqueos.cliente(sesion, cliente_id, *_por_avisar())
    if fila is None:
        return None
    fila.avisado_de = fila.secreto_vence_en
    sesion.flush()
    return fila.valor()


def _por_avisar() -> tuple[Any, ...]:
    return (
        col(ClienteMaquina.revocado_en).is_(None),
        col(ClienteMaquina.secreto_vence_en) > func.nucleo_ahora(),
        col(ClienteMaquina.avisado_de).is_distinct_from(col(ClienteMaquina.secreto_vence_en)),
    )


# --- Its secret ------------------------------------------------------------------------------------------


def autenticar_cliente(sesion: Session, cliente_id: str, secreto: str) -> Cliente:
    """The client with this id and secret. Raises `ClienteRechazado`.

    Only whoever has the secret is told why it opens nothing; both comparisons are always made, and take the
    same time whether the client exists or not. The row stays shared until the caller's transaction ends: a
    rotation, or a disconnection, comes before this or sees what it gave.
    """
    try:
        fila = bloqueos.cliente(sesion, UUID(cliente_id), compartido=True)
    except ValueError:
        fila = None
    enviada = huella(secreto)
    es_el_actual = hmac.compare_digest(fila.huella_secreto if fila else _HUELLA_DE_NADIE, enviada)
    anterior = fila.huella_anterior if fila else None
    es_el_anterior = hmac.compare_digest(anterior or _HUELLA_DE_NADIE, enviada)
    if fila is None or not (es_el_actual or es_el_anterior):
        if esta_bien_copiado(secreto, PREFIJO_SECRETO):
            raise ClienteRechazado(_("Las credenciales del cliente no son válidas."))
        raise ClienteRechazado(_("El secreto no está bien copiado: debe empezar con qhs_ y estar completo."))
    vence_en = fila.secreto_vence_en if es_el_actual else fila.anterior_vence_en
    _exigir_que_sirva(sesion, fila, vence_en)
    return fila.valor()


def _exigir_que_sirva(sesion: Session, fila: ClienteMaquina, vence_en: datetime | None) -> None:
    if fila.revocado_en is not None:
        raise ClienteRechazado(_("El programa fue desconectado por su unidad."))
    if vence_en is None or vence_en <= ahora_bd(sesion):
        raise ClienteRechazado(_("El secreto venció: pida otro en «Programas conectados» de la unidad."))
    if sesion.execute(select(ClienteMaquina.id).where(ClienteMaquina.id == fila.id, sirve())).first() is None:
        raise ClienteRechazado(
            _("La unidad está suspendida o cancelada: sus programas no actúan."),
            error="unauthorized_client",
            estado=400,
        )


def anotar_uso(sesion: Session, cliente: Cliente) -> None:
    """Remember that the program was used, to the hour: not a write for each token."""
    ahora = ahora_bd(sesion)
    if cliente.usado_en is None or cliente.usado_en < ahora - TOQUE_CADA:
        bloqueos.tocar_cliente(sesion, cliente.id)
