"""Numbers that a unit's systems follow: they wait for their item, tell what happens to it, end by time."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, tiene_facultad
from envios import s10
from envios.items import EnvioNoEncontrado, EstadoEnvio, Vista, partes_de
from envios.items.modelos import Envio
from envios.seguimiento.bloqueos import bloquear_rastreador, bloquear_unidad
from envios.seguimiento.errores import (
    DemasiadosRastreadores,
    NadieEscucha,
    RastreadorNoEncontrado,
    RastreadorTerminado,
)
from envios.seguimiento.estados import VIDA_RASTREADOR, EstadoRastreador
from envios.seguimiento.modelos import Rastreador
from envios.seguimiento.para_afuera import ACTUALIZADO, CREADO, EXCEPCION
from envios.seguimiento.rastros import Rastro, buscar_rastros, rastro_de
from envios.seguimiento.seguimiento import seguimiento_de
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.limites import limitar
from nucleo.paginacion import PRIMERA_PAGINA
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.webhooks import Entrega, encolar, entregas, suscripciones_de

POR_UNIDAD = 1_000
REPETIR_POR_HORA = 20
ENTREGAS_A_LA_VISTA = 10
TIPOS = frozenset({CREADO, ACTUALIZADO, EXCEPCION})
ESPERA = timedelta(days=30)
TRAS_EL_FIN = timedelta(days=7)
COMO_MUCHO = timedelta(days=180)
_EXCEPCIONES = frozenset(
    {
        EstadoEnvio.RETENIDO,
        EstadoEnvio.INTENTO_FALLIDO,
        EstadoEnvio.EN_DEVOLUCION,
        EstadoEnvio.DEVUELTO,
        EstadoEnvio.ANULADO,
        EstadoEnvio.SIN_NOTICIAS,
    }
)


def rastrear(
    sesion: Session, actor: Actor, unidad_id: UUID, numero: str, emisor_unidad_id: UUID | None = None
) -> tuple[Rastreador, bool]:
    """Follow a number for a unit (faculty VENDER), also one that nobody has yet; and whether it is new.

    Raises `SinFacultad`, `NumeroDeEnvioInvalido`, `NumeroAmbiguo`, `DemasiadosRastreadores`, and
    `DatosInvalidos` for what no number of an item could be.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    normalizado = s10.normalizar(numero)
    if not any(letra.isdigit() for letra in normalizado):
        falta = _("Eso no es un número de envío: escriba el de la etiqueta, con sus cifras.")
        raise DatosInvalidos(falta, campos={"numero": falta})
    (hallado,) = buscar_rastros(sesion, [numero], emisor_unidad_id)
    if hallado.error is not None and not isinstance(hallado.error, EnvioNoEncontrado):
        raise hallado.error
    bloquear_unidad(sesion, unidad_id)
    vivos = (col(Rastreador.unidad_id) == unidad_id, col(Rastreador.estado) != EstadoRastreador.TERMINADO)
    previo = sesion.exec(
        select(Rastreador).where(
            *vivos,
            col(Rastreador.numero) == normalizado,
            func.coalesce(col(Rastreador.emisor_unidad_id), unidad_id) == (emisor_unidad_id or unidad_id),
        )
    ).one_or_none()
    if previo is not None:
        return previo, False
    cuantos = sesion.exec(select(func.count()).select_from(Rastreador).where(*vivos)).one()
    if cuantos >= POR_UNIDAD:
        raise DemasiadosRastreadores(_("Ya sigue %(n)d números: deje de seguir alguno.") % {"n": POR_UNIDAD})
    instante = ahora_bd(sesion)
    fila = Rastreador(
        unidad_id=unidad_id,
        numero=normalizado,
        escrito=_como_se_escribe(numero, normalizado),
        emisor_unidad_id=emisor_unidad_id,
        caduca_en=instante + ESPERA,
        creado_por=actor.clave,
        creado_en=instante,
    )
    sesion.add(fila)
    sesion.flush()
    auditar(sesion, autorizacion, "rastreador.crear", "envios_rastreador", fila.id, {"numero": normalizado})
    if hallado.rastro is not None:
        _poner_al_dia(fila, hallado.rastro)
    _decir(sesion, fila, CREADO, hallado.rastro)
    sesion.flush()
    return fila, True


def _como_se_escribe(numero: str, normalizado: str) -> str:
    """A number of a known shape has one writing; any other is its owner's."""
    try:
        s10.leer_numero(normalizado)
    except s10.NumeroInvalido:
        return " ".join(numero.split())[:60]
    return normalizado


def dejar_de_rastrear(sesion: Session, actor: Actor, rastreador_id: UUID) -> None:
    """For whoever sells for the unit. Twice is once. Raises `RastreadorNoEncontrado`."""
    rastreador_visible(sesion, actor, rastreador_id)
    fila = bloquear_rastreador(sesion, rastreador_id)
    autorizacion = exigir_facultad(sesion, actor, fila.unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    if fila.estado is not EstadoRastreador.TERMINADO:
        _terminar(fila, ahora_bd(sesion))
        auditar(sesion, autorizacion, "rastreador.terminar", "envios_rastreador", fila.id, {})
        sesion.flush()


def repetir(sesion: Session, actor: Actor, rastreador_id: UUID) -> int:
    """Tell the unit's systems once more where a number is, to try them; to how many webhooks.

    Raises `RastreadorNoEncontrado`, `RastreadorTerminado`, `NadieEscucha`, `LimiteExcedido`.
    """
    fila = rastreador_visible(sesion, actor, rastreador_id)
    autorizacion = exigir_facultad(sesion, actor, fila.unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    if fila.estado is EstadoRastreador.TERMINADO:
        raise RastreadorTerminado(_("Ya no se sigue: sígalo otra vez para probarlo."))
    limitar("envios.rastreador.repetir", str(fila.unidad_id), cupo=REPETIR_POR_HORA, ventana_s=3_600)
    rastro = rastro_de(sesion, fila.envio_id) if fila.envio_id else None
    cuantos = _decir(sesion, fila, ACTUALIZADO if rastro else CREADO, rastro)
    if not cuantos:
        raise NadieEscucha(_("Agregue en su unidad un webhook que reciba los avisos de rastreadores."))
    auditar(sesion, autorizacion, "rastreador.repetir", "envios_rastreador", fila.id, {"webhooks": cuantos})
    return cuantos


def ultimas_entregas(sesion: Session, actor: Actor, unidad_id: UUID) -> tuple[int, list[Entrega]]:
    """How many webhooks of the unit hear of trackers, and the last that was sent to them, newest first.

    Raises `SinFacultad`.
    """
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    escuchan = [
        w for w in suscripciones_de(sesion, unidad_id) if w.activo and (not w.tipos or TIPOS & set(w.tipos))
    ]
    todas = [e for w in escuchan for e in entregas(sesion, w.id, PRIMERA_PAGINA)[0] if e.tipo in TIPOS]
    todas.sort(key=lambda e: (e.creado_en, e.id), reverse=True)
    return len(escuchan), todas[:ENTREGAS_A_LA_VISTA]


def rastreador_visible(sesion: Session, actor: Actor, rastreador_id: UUID) -> Rastreador:
    """For whoever sells for its unit; for anybody else it does not exist."""
    fila = sesion.get(Rastreador, rastreador_id)
    if fila is None or not tiene_facultad(
        sesion, actor, fila.unidad_id, Facultad.VENDER, estados=CON_LO_SUYO
    ):
        raise RastreadorNoEncontrado()
    return fila


def rastreadores_de(sesion: Session, actor: Actor, unidad_id: UUID) -> Select[Rastreador]:
    """Those of a unit, for `paginar` by (creado_en, id). Raises `SinFacultad`."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    return sa_select(Rastreador).where(col(Rastreador.unidad_id) == unidad_id)


def vista_de_la_unidad(sesion: Session, unidad_id: UUID, envio: Envio) -> Vista:
    """What the unit is to an item: who is no part of it is told what anybody may read."""
    partes = partes_de(sesion, [envio])
    if partes[envio.destinatario_parte_id].unidad_id == unidad_id:
        return Vista.DESTINATARIO
    if partes[envio.remitente_parte_id].unidad_id == unidad_id:
        return Vista.REMITENTE
    operan = (envio.operador_unidad_id, envio.custodio_unidad_id)
    return Vista.OPERADOR if unidad_id in operan else Vista.PUBLICO


def revisar(sesion: Session, rastreador_id: UUID) -> bool:
    """Tell what is new of a number, once however much came together, and end it when its time has come."""
    fila = bloquear_rastreador(sesion, rastreador_id)
    if fila.estado is EstadoRastreador.TERMINADO:
        return False
    rastro = _hallar(sesion, fila)
    if rastro is not None and _es_nuevo(fila, rastro):
        _poner_al_dia(fila, rastro)
        _decir(sesion, fila, EXCEPCION if rastro.envio.estado in _EXCEPCIONES else ACTUALIZADO, rastro)
    elif rastro is not None:
        _poner_al_dia(fila, rastro)
    if fila.caduca_en <= ahora_bd(sesion):
        _terminar(fila, ahora_bd(sesion))
    sesion.flush()
    return True


def _hallar(sesion: Session, fila: Rastreador) -> Rastro | None:
    """The item, if there is one now. A number that is of several waits: its issuer was not said."""
    if fila.envio_id is not None:
        return rastro_de(sesion, fila.envio_id)
    (hallado,) = buscar_rastros(sesion, [fila.numero], fila.emisor_unidad_id)
    return hallado.rastro


def _es_nuevo(fila: Rastreador, rastro: Rastro) -> bool:
    decisivo = rastro.historia.decisivo
    visto = (fila.visto_evento_id, fila.visto_estado)
    return fila.envio_id is None or visto != (decisivo.id if decisivo else None, rastro.envio.estado.value)


def _poner_al_dia(fila: Rastreador, rastro: Rastro) -> None:
    envio, decisivo = rastro.envio, rastro.historia.decisivo
    fila.envio_id = envio.id
    if fila.estado is EstadoRastreador.ESPERANDO:
        VIDA_RASTREADOR.pasar(fila, EstadoRastreador.SIGUIENDO)
    fila.visto_version = envio.version
    fila.visto_evento_id = decisivo.id if decisivo else None
    fila.visto_estado = envio.estado.value
    tope = fila.creado_en + COMO_MUCHO
    fila.caduca_en = min(tope, envio.noticias_en + TRAS_EL_FIN) if envio.estado.es_terminal else tope


def _terminar(fila: Rastreador, instante: datetime) -> None:
    VIDA_RASTREADOR.pasar(fila, EstadoRastreador.TERMINADO)
    fila.terminado_en = instante


def _decir(sesion: Session, fila: Rastreador, tipo: str, rastro: Rastro | None) -> int:
    seguimiento = None
    if rastro is not None:
        vista = vista_de_la_unidad(sesion, fila.unidad_id, rastro.envio)
        seguimiento = seguimiento_de(sesion, rastro, vista).model_dump(mode="json")
    datos = {
        "rastreador_id": str(fila.id),
        "numero": fila.escrito,
        "estado": fila.estado.value,
        "seguimiento": seguimiento,
    }
    return encolar(sesion, fila.unidad_id, tipo, datos)
