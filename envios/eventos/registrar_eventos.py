"""Record what happened to items: one event or a batch, in any order, as many times as it is sent.

Every item of a batch gets its own result; a refused item leaves no trace and harms no other. The shipment's
row is locked, its state derived again from all its events, and news published only when it is news.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from envios.eventos.aplicar import Historias
from envios.eventos.bloqueos import bloquear_correcciones
from envios.eventos.lote import Lote
from envios.eventos.nuevo import EventoNuevo, Fuente, ResultadoEvento, exigir_registrado
from envios.eventos.preparar import Conocidos, Remision
from envios.items import bloquear_para_eventos, envio_del_operador, ids_por_numero
from envios.operadores import exigir_despacho
from nucleo.actor import Actor, Autorizacion
from nucleo.reloj import ahora_bd

LOTE_MAXIMO = 1_000


def registrar_evento(
    sesion: Session, actor: Actor, envio_id: UUID, nuevo: EventoNuevo, fuente: Fuente
) -> ResultadoEvento:
    """Record one event of one shipment, by whoever dispatches for its operator.

    Raises `EnvioNoEncontrado`, `SinFacultad`, `SinHabilitacion`; any other refusal is in the result.
    """
    envio = envio_del_operador(sesion, actor, envio_id)
    return registrar_eventos(sesion, actor, envio.custodio_unidad_id, [nuevo], fuente)[0]


def registrar_eventos(
    sesion: Session, actor: Actor, operador_unidad_id: UUID, nuevos: Sequence[EventoNuevo], fuente: Fuente
) -> list[ResultadoEvento]:
    """Record a batch for one operator; results in the order of `nuevos`.

    Raises `SinFacultad` / `SinHabilitacion` before touching anything; what is wrong with one item is in its
    own result.
    """
    assert len(nuevos) <= LOTE_MAXIMO
    autorizacion = exigir_despacho(sesion, actor, operador_unidad_id)
    return registrar_autorizado(sesion, autorizacion, operador_unidad_id, nuevos, fuente)


def anotar_todos(
    sesion: Session, actor: Actor, operador_unidad_id: UUID, nuevos: Sequence[EventoNuevo], fuente: Fuente
) -> None:
    """`registrar_eventos`, all or none: raises what the first refused one was refused for."""
    for hecho in registrar_eventos(sesion, actor, operador_unidad_id, nuevos, fuente):
        exigir_registrado(hecho)


def registrar_autorizado(
    sesion: Session,
    autorizacion: Autorizacion,
    operador_unidad_id: UUID,
    nuevos: Sequence[EventoNuevo],
    fuente: Fuente,
    *,
    verificar_codigo: bool = True,
) -> list[ResultadoEvento]:
    """`registrar_eventos` for a caller that has already been found entitled (the simulator, a sweep)."""
    bloquear_correcciones(sesion, operador_unidad_id, solo_lee=True)
    numeros = {n.numero for n in nuevos if n.envio_id is None and n.numero}
    por_numero = ids_por_numero(sesion, numeros, operador_unidad_id)
    ids = [n.envio_id or por_numero.get(n.numero or "") for n in nuevos]
    instante = ahora_bd(sesion)
    envios = bloquear_para_eventos(sesion, [i for i in ids if i is not None])
    lote = Lote(
        sesion=sesion,
        autorizacion=autorizacion,
        remision=Remision(operador_unidad_id, fuente, instante, autorizacion.actor.clave),
        historias=Historias(sesion, envios, instante),
        verificar_codigo=verificar_codigo,
        conocidos=Conocidos.de(sesion, autorizacion.actor, operador_unidad_id, nuevos),
    )
    return lote.registrar(ids, nuevos)
