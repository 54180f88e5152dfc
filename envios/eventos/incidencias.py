"""What does not fit: opened while its cause lasts, resolved by itself when it goes, or by somebody."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios.eventos.derivar import ClaseIncidencia, Incidencia
from envios.eventos.errores import IncidenciaNoEncontrada
from envios.eventos.estados import VIDA_INCIDENCIA, ComoSeResuelve, EstadoIncidencia, Resolucion
from envios.eventos.modelos import IncidenciaDeEnvio
from envios.items import EnvioConEventos, bloquear_envio, envio_del_operador
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

OLVIDO = timedelta(days=90)
"""Of an incident, and without news of its item. Nobody waits for it: the operator's desk is cleared."""


def sincronizar(
    sesion: Session,
    envio: EnvioConEventos,
    halladas: Collection[Incidencia],
    filas: list[IncidenciaDeEnvio],
    instante: datetime,
) -> None:
    """Make the rows of an item, locked, say what was found. What somebody resolved is not opened again."""
    if not (halladas or filas):
        return
    tenidas = {(ClaseIncidencia(f.clase), f.clave): f for f in filas}
    for clase, clave in sorted(set(halladas) - tenidas.keys()):
        fila = IncidenciaDeEnvio(envio_id=envio.id, clase=clase, clave=clave, abierta_en=instante)
        filas.append(fila)
        sesion.add(fila)
    for incidencia, fila in tenidas.items():
        if incidencia not in halladas and fila.estado == EstadoIncidencia.ABIERTA:
            _resolver(fila, Resolucion.SIN_CAUSA, instante)
        elif incidencia in halladas and fila.resolucion == Resolucion.SIN_CAUSA:
            VIDA_INCIDENCIA.pasar(fila, EstadoIncidencia.ABIERTA)
            fila.resuelta_en = fila.resolucion = None


def _resolver(fila: IncidenciaDeEnvio, como: Resolucion, instante: datetime) -> None:
    VIDA_INCIDENCIA.pasar(fila, EstadoIncidencia.RESUELTA)
    fila.resolucion, fila.resuelta_en = como, instante


def resolver_incidencia(
    sesion: Session, actor: Actor, incidencia_id: UUID, como: ComoSeResuelve, nota: str
) -> IncidenciaDeEnvio:
    """Close an incident that somebody looked at, for whoever dispatches for who holds the item.

    Raises `IncidenciaNoEncontrada`, `EnvioNoEncontrado`, `SinFacultad`, `TransicionInvalida`.
    """
    vista = sesion.get(IncidenciaDeEnvio, incidencia_id)
    if vista is None:
        raise IncidenciaNoEncontrada()
    envio_del_operador(sesion, actor, vista.envio_id)  # for anybody else it does not exist
    envio = bloquear_envio(sesion, vista.envio_id)
    autorizacion = exigir_facultad(
        sesion, actor, envio.custodio_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO
    )
    fila = sesion.get_one(IncidenciaDeEnvio, incidencia_id, populate_existing=True)
    _resolver(fila, como, ahora_bd(sesion))
    fila.nota, fila.resuelta_por = nota.strip(), autorizacion.actor.clave
    auditar(
        sesion, autorizacion, "envio.resolver_incidencia", "envios_envio", envio.id, {"clase": fila.clase}
    )
    sesion.flush()
    return fila


def olvidar(sesion: Session, incidencia_id: UUID) -> bool:
    """Take off the desk what nobody looked at; it stays with its item. False when it is not so any more."""
    envio = bloquear_envio(sesion, sesion.get_one(IncidenciaDeEnvio, incidencia_id).envio_id)
    fila = sesion.get_one(IncidenciaDeEnvio, incidencia_id, populate_existing=True)
    instante = ahora_bd(sesion)
    if fila.estado != EstadoIncidencia.ABIERTA or max(fila.abierta_en, envio.noticias_en) > instante - OLVIDO:
        return False
    quien = Actor.sistema("incidencias olvidadas")
    _resolver(fila, Resolucion.SIN_EFECTO, instante)
    fila.nota, fila.resuelta_por = _("Nadie la aclaró en 90 días."), quien.clave
    auditar(sesion, quien, "envio.resolver_incidencia", "envios_envio", envio.id, {"clase": fila.clase})
    sesion.flush()
    return True
