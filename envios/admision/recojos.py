"""Collection at the door: asked at the announcement with a day and a band of hours, an agency's round.

Collected is admitted: whoever goes weighs it there, so custody changes once, by one event. Nobody found: the
sender asks for another day, once; else, or when the day passes, time alone says «bring it yourself».
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from empresa_digital.registro import lugar
from envios.admision.avisos import avisar_remitente
from envios.admision.bloqueos import recojo_bloqueado
from envios.admision.errores import SinRecojo
from envios.admision.estados import VIDA_RECOJO, EstadoRecojo, Franja, RecojoNoAdmite
from envios.admision.modelos import FilaDeRecojo
from envios.items import bloquear_envio
from envios.items.modelos import Envio
from envios.operadores import (
    Agencia,
    ClaseAgencia,
    agencia_por_id,
    agencias_publicas,
    exigir_en_agencia,
    semanas_de,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.lectores import Ilegible, leer_telefono
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import calendario
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

# The house's: how far ahead a day may be asked for, and how long the sender has to ask for another one.
DIAS_POR_DELANTE = 10
DIAS_A_LA_VISTA = 14
PARA_PEDIR_OTRO_DIA = timedelta(days=2)
VECES = 2
ESPERAN = (EstadoRecojo.PEDIDO, EstadoRecojo.NO_HALLADO)


@dataclass(frozen=True, slots=True)
class NuevoRecojo:
    """Where, whom to call (E.164), and when."""

    direccion: str
    telefono: str
    dia: date
    franja: Franja


def agencia_que_recoge(sesion: Session, operador_unidad_id: UUID, municipio_ine: str) -> Agencia | None:
    """The agency of the operator that goes to doors of a place; None where none opens any day."""
    todas = agencias_publicas(sesion, municipio_ine, operador_unidad_id=operador_unidad_id)
    semanas = semanas_de(sesion, [a.id for a in todas])
    return next((a for a in todas if a.clase is ClaseAgencia.AGENCIA and semanas[a.id]), None)


def dias_de_recojo(sesion: Session, agencia: Agencia) -> list[date]:
    """The next working days of the place on which the agency opens, from tomorrow on."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    dias = [hoy + timedelta(days=n) for n in range(1, DIAS_POR_DELANTE + 1)]
    actual, semana = calendario(sesion), semanas_de(sesion, [agencia.id])[agencia.id]
    return [d for d in dias if actual.es_habil(d, [agencia.municipio_ine]) and d.isoweekday() in semana]


def pedir_recojo(
    sesion: Session, autorizacion: Autorizacion, envio: Envio, origen_ine: str, nuevo: NuevoRecojo
) -> FilaDeRecojo:
    """Ask for it, of an item just announced. Raises `DatosInvalidos` by field."""
    agencia = agencia_que_recoge(sesion, envio.operador_unidad_id, origen_ine)
    if agencia is None:
        texto = _("El operador no tiene una agencia en %(lugar)s que pase a recoger: llévelo usted.")
        texto %= {"lugar": lugar(sesion, origen_ine)}
        raise DatosInvalidos(texto, campos={"recojo_direccion": texto})
    campos: dict[str, str] = {}
    if len(nuevo.direccion.strip()) < 3:
        campos["recojo_direccion"] = _("Diga dónde recogerlo: zona, calle, color de la puerta.")
    telefono = _telefono(nuevo.telefono, campos)
    if nuevo.dia not in dias_de_recojo(sesion, agencia):
        campos["recojo_dia"] = _("Elija un día de la lista: se recoge en días hábiles de ese lugar.")
    if campos:
        raise DatosInvalidos(_("Corrija los datos del recojo."), campos=campos)
    fila = FilaDeRecojo(
        envio_id=envio.id,
        operador_unidad_id=agencia.operador_unidad_id,
        agencia_id=agencia.id,
        direccion=nuevo.direccion.strip()[:300],
        telefono=telefono,
        dia=nuevo.dia,
        franja=nuevo.franja,
        pedido_por=autorizacion.actor.clave,
        pedido_en=ahora_bd(sesion),
        vence_en=_fin_del_dia(nuevo.dia),
    )
    sesion.add(fila)
    sesion.flush()
    _auditar(sesion, autorizacion, "recojo.pedir", fila)
    return fila


def _telefono(texto: str, campos: dict[str, str]) -> str:
    try:
        return leer_telefono(texto)
    except Ilegible as error:
        campos["recojo_telefono"] = str(error)
        return ""


def _fin_del_dia(dia: date) -> datetime:
    """A collection waits its day out, and one night more for whoever comes back late."""
    return datetime.combine(dia + timedelta(days=1), time(8), ZONA)


def anotar_no_hallado(sesion: Session, actor: Actor, agencia_id: UUID, envio_id: UUID) -> FilaDeRecojo:
    """Nobody was there, on its day or after: the sender may ask for another one, once. The visit is charged.

    Raises `SinRecojo`, `RecojoNoAdmite`.
    """
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    envio = bloquear_envio(sesion, envio_id)
    fila = recojo_bloqueado(sesion, envio_id)
    if fila is None or fila.agencia_id != agencia_id:
        raise SinRecojo()
    VIDA_RECOJO.exigir_paso(fila, EstadoRecojo.NO_HALLADO)
    if fila.dia > fecha_bolivia(ahora_bd(sesion)):
        raise RecojoNoAdmite(
            _("Se pasa a recogerlo el %(dia)s: antes no hay visita que anotar.")
            % {"dia": filtro_fecha(fila.dia)}
        )
    VIDA_RECOJO.pasar(fila, EstadoRecojo.NO_HALLADO)
    fila.paso_en = ahora_bd(sesion)
    fila.vence_en = fila.paso_en + PARA_PEDIR_OTRO_DIA
    sesion.flush()
    _auditar(sesion, donde.autorizacion, "recojo.no_hallado", fila)
    cuerpo = _("Puede llevarlo usted a cualquier agencia del operador.")
    if fila.vez < VECES:
        cuerpo = _("Pida otro día, una sola vez y dentro de dos días, o llévelo usted a una agencia.")
    asunto = _("Pasaron a recoger el envío %(numero)s y no hallaron a nadie") % {"numero": envio.numero}
    avisar_remitente(sesion, envio, asunto, cuerpo, f"/envios/{envio_id}/recojo")
    return fila


def pedir_otro_dia(
    sesion: Session, autorizacion: Autorizacion, envio_id: UUID, dia: date, franja: Franja
) -> FilaDeRecojo:
    """The sender, once, after nobody was found. Raises `SinRecojo`, `RecojoNoAdmite`, `DatosInvalidos`."""
    envio = bloquear_envio(sesion, envio_id)
    fila = recojo_bloqueado(sesion, envio_id)
    if fila is None:
        raise SinRecojo()
    VIDA_RECOJO.exigir_paso(fila, EstadoRecojo.PEDIDO)
    if fila.vez >= VECES or envio.admitido_en is not None:
        raise RecojoNoAdmite(_("Ya no se puede pedir otro día: llévelo a una agencia."))
    origen = agencia_por_id(sesion, fila.agencia_id).municipio_ine
    agencia = agencia_que_recoge(sesion, fila.operador_unidad_id, origen)
    if agencia is None or dia not in dias_de_recojo(sesion, agencia):
        texto = _("Elija un día de la lista: se recoge en días hábiles de ese lugar.")
        raise DatosInvalidos(texto, campos={"recojo_dia": texto})
    VIDA_RECOJO.pasar(fila, EstadoRecojo.PEDIDO)
    fila.agencia_id, fila.dia, fila.franja = agencia.id, dia, franja
    fila.vez, fila.vence_en = fila.vez + 1, _fin_del_dia(dia)
    sesion.flush()
    _auditar(sesion, autorizacion, "recojo.otro_dia", fila)
    return fila


def terminar_recojo(sesion: Session, autorizacion: Autorizacion, envio_id: UUID, en: EstadoRecojo) -> bool:
    """What waits ends so, of an item locked by the caller; False when nothing waited."""
    assert en in VIDA_RECOJO.fines
    fila = recojo_bloqueado(sesion, envio_id)
    if fila is None or fila.estado not in ESPERAN:
        return False
    VIDA_RECOJO.pasar(fila, en)
    fila.vence_en, fila.terminado_en = None, ahora_bd(sesion)
    sesion.flush()
    _auditar(sesion, autorizacion, "recojo.terminar", fila)
    return True


def ronda_del_dia(sesion: Session, agencia_id: UUID, dia: date) -> Sequence[tuple[FilaDeRecojo, Envio]]:
    """What an agency collects on a day: by band of hours and place, those done last."""
    consulta = (
        select(FilaDeRecojo, Envio)
        .join(Envio, col(Envio.id) == col(FilaDeRecojo.envio_id))
        .where(col(FilaDeRecojo.agencia_id) == agencia_id, col(FilaDeRecojo.dia) == dia)
        .order_by(
            col(FilaDeRecojo.terminado_en).is_not(None),
            col(FilaDeRecojo.franja),
            col(FilaDeRecojo.direccion),
            col(FilaDeRecojo.id),
        )
    )
    return sesion.exec(consulta).all()


def dias_por_recoger(sesion: Session, agencia_id: UUID) -> list[tuple[date, int]]:
    """The days on which somebody waits for an agency at their door, and how many; the first ones first."""
    consulta = (
        select(col(FilaDeRecojo.dia), func.count())
        .where(col(FilaDeRecojo.agencia_id) == agencia_id, col(FilaDeRecojo.estado) == EstadoRecojo.PEDIDO)
        .group_by(col(FilaDeRecojo.dia))
        .order_by(col(FilaDeRecojo.dia))
        .limit(DIAS_A_LA_VISTA)
    )
    return [(dia, cuantos) for dia, cuantos in sesion.exec(consulta)]


def espera_recojo(sesion: Session, envio_id: UUID) -> bool:
    fila = recojo_de(sesion, envio_id)
    return fila is not None and fila.estado in ESPERAN


def dia_de_recojo(sesion: Session, envio_id: UUID) -> date | None:
    """When they go for it; None when nobody asked them to, or they went already."""
    fila = recojo_de(sesion, envio_id)
    return fila.dia if fila is not None and fila.estado in ESPERAN else None


def recojo_de(sesion: Session, envio_id: UUID) -> FilaDeRecojo | None:
    return sesion.exec(select(FilaDeRecojo).where(col(FilaDeRecojo.envio_id) == envio_id)).one_or_none()


def _auditar(sesion: Session, autorizacion: Autorizacion, accion: str, fila: FilaDeRecojo) -> None:
    datos = {
        "estado": fila.estado.value,
        "dia": fila.dia.isoformat(),
        "franja": fila.franja.value,
        "vez": fila.vez,
    }
    auditar(sesion, autorizacion, accion, "envios_envio", fila.envio_id, datos)
