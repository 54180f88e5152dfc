"""The recipient says how they want to receive an item, while it travels: when, where, and who for them.

Whoever they name receives with a code of their own, which dies when somebody else is named; the recipient's
is never passed around. What was chosen is for the operator's workers and those concerned, never the public.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from envios.entrega import eventos
from envios.entrega.consultas import eleccion_vigente
from envios.entrega.errores import EleccionInvalida, YaNoSeElige
from envios.entrega.modelos import EleccionDeEntrega
from envios.entrega.tipos import QuienPuede
from envios.items import (
    EnvioNoEncontrado,
    EstadoEnvio,
    bloquear_envio,
    datos_de,
    envio_por_id,
    recibe,
)
from envios.items.modelos import Envio
from envios.operadores import Agencia, agencias_publicas, leer_lugar
from envios.tarifas import entrega_cotizada
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.plazos import calendario
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

# The house's: how far off the day may be, and how often one may change one's mind.
DIAS_MAXIMOS = 10
ELECCIONES_MAXIMAS = 10
_TARDE = frozenset({EstadoEnvio.EN_REPARTO, EstadoEnvio.EN_DEVOLUCION})
SE_ELIGE = frozenset(e for e in EstadoEnvio if not e.es_terminal) - _TARDE


@dataclass(frozen=True, slots=True)
class Eleccion:
    """At the door (on `dia`) or at an agency; to the recipient, or to `nombre`. Empty: as announced."""

    agencia_id: UUID | None = None
    dia: date | None = None
    recibe: QuienPuede = QuienPuede.DESTINATARIO
    nombre: str = ""
    donde: str = ""


def elegir(sesion: Session, actor: Actor, envio_id: UUID, nueva: Eleccion) -> EleccionDeEntrega:
    """Choose how to receive it; what was chosen before no longer holds. The same again changes nothing.

    Raises `EnvioNoEncontrado` for who does not receive it, `YaNoSeElige`, `EleccionInvalida` (by field).
    """
    envio = bloquear_el_que_recibe(sesion, actor, envio_id)
    exigir_a_tiempo(envio)
    limpia = _revisar(sesion, envio, nueva)
    antes = eleccion_vigente(sesion, envio.id)
    if antes is not None and como_se_eligio(antes) == limpia:
        return antes
    version = antes.version + 1 if antes else 1
    if version > ELECCIONES_MAXIMAS:
        raise YaNoSeElige(_("Ya cambió diez veces cómo recibirlo: espere al reparto."))
    fila = EleccionDeEntrega(
        envio_id=envio.id,
        version=version,
        agencia_id=limpia.agencia_id,
        dia=limpia.dia,
        recibe=limpia.recibe,
        nombre=limpia.nombre,
        donde=limpia.donde,
        elegida_en=ahora_bd(sesion),
        elegida_por=actor.clave,
    )
    sesion.add(fila)
    sesion.flush()
    _dar_codigo(envio, antes, fila)
    envio.version += 1
    autorizacion = Autorizacion.propia(actor)
    auditar(sesion, autorizacion, "envio.elegir", "envios_envio", envio.id, {"version": version})
    publicar(sesion, eventos.ENVIO_ELEGIDO, envio.id, datos_de(envio), autorizacion)
    sesion.flush()
    return fila


def ubicar(
    sesion: Session, actor: Actor, envio_id: UUID, latitud: Decimal | None, longitud: Decimal | None
) -> Envio:
    """Say where the door is, in degrees; without them, forget it. For who receives, until it is brought.

    Raises `EnvioNoEncontrado`, `YaNoSeElige`, `DatosInvalidos` by field.
    """
    envio = bloquear_el_que_recibe(sesion, actor, envio_id)
    exigir_a_tiempo(envio)
    envio.latitud, envio.longitud = leer_lugar(latitud, longitud)
    envio.version += 1
    con_lugar = envio.latitud is not None
    auditar(
        sesion, Autorizacion.propia(actor), "envio.ubicar", "envios_envio", envio.id, {"con_lugar": con_lugar}
    )
    sesion.flush()
    return envio


def agencias_para(sesion: Session, envio: Envio) -> Sequence[Agencia]:
    """Where who receives may ask to collect it: those of who holds it, at the place where it goes."""
    return agencias_publicas(sesion, envio.destino_municipio_ine, operador_unidad_id=envio.custodio_unidad_id)


def como_se_eligio(fila: EleccionDeEntrega) -> Eleccion:
    return Eleccion(fila.agencia_id, fila.dia, fila.recibe, fila.nombre, fila.donde)


def bloquear_el_que_recibe(sesion: Session, actor: Actor, envio_id: UUID) -> Envio:
    """The item, locked, for whom its delivery code is for; for anybody else it does not exist."""
    if not recibe(sesion, actor, envio_por_id(sesion, envio_id)):
        raise EnvioNoEncontrado()
    return bloquear_envio(sesion, envio_id)


def exigir_a_tiempo(envio: Envio) -> None:
    """Raises `YaNoSeElige` of what is out for delivery, goes back or ended."""
    if envio.estado is EstadoEnvio.EN_REPARTO:
        raise YaNoSeElige(_("Ya salió a reparto: si no puede recibirlo hoy, elija después del intento."))
    if envio.estado not in SE_ELIGE:
        raise YaNoSeElige(_("Este envío ya terminó o vuelve a quien lo envió."))


def _revisar(sesion: Session, envio: Envio, nueva: Eleccion) -> Eleccion:
    """What was asked, clean. Raises `EleccionInvalida` with every field that will not do."""
    nombre, donde = " ".join(nueva.nombre.split())[:120], " ".join(nueva.donde.split())[:200]
    en_agencia = nueva.agencia_id is not None
    se_retira = entrega_cotizada(sesion, envio.cotizacion_id) == "agencia"
    errores: dict[str, str] = {}
    if nueva.recibe is QuienPuede.DESTINATARIO:
        nombre = donde = ""
    elif len(nombre) < 3:
        errores["nombre"] = _("Escriba el nombre de quien recibirá.")
    if nueva.recibe is not QuienPuede.VECINO:
        donde = ""
    elif en_agencia or se_retira:
        errores["recibe"] = _("En la agencia recibe usted o una persona autorizada, no un vecino.")
    elif len(donde) < 3:
        errores["donde"] = _("Escriba cuál es la casa, por ejemplo: puerta verde, al lado.")
    if en_agencia and nueva.agencia_id not in {a.id for a in agencias_para(sesion, envio)}:
        errores["agencia_id"] = _("Elija una agencia abierta del operador en el lugar de destino.")
    dia = None if en_agencia else nueva.dia
    if dia is not None and se_retira:
        errores["dia"] = _("Se pagó para retirarlo en una agencia: elija cuál, y vaya cuando quiera.")
    elif dia is not None:
        hoy = fecha_bolivia(ahora_bd(sesion))
        feriados = calendario(sesion).en([envio.destino_municipio_ine])
        if not hoy < dia <= hoy + timedelta(days=DIAS_MAXIMOS):
            errores["dia"] = _("Elija un día desde mañana hasta dentro de diez.")
        elif not _se_reparte(dia, feriados):
            errores["dia"] = _("Ese día no se reparte: elija otro que no sea domingo ni feriado.")
    if errores:
        raise EleccionInvalida(_("Corrija los datos marcados."), campos=errores)
    return Eleccion(nueva.agencia_id, dia, nueva.recibe, nombre, donde)


def _se_reparte(dia: date, feriados: Collection[date]) -> bool:
    return dia.isoweekday() != 7 and dia not in feriados


def _dar_codigo(envio: Envio, antes: EleccionDeEntrega | None, ahora: EleccionDeEntrega) -> None:
    """Whom they name now has a code of their own; whoever they named before no longer does."""
    quien = (antes.recibe, antes.nombre) if antes is not None else None
    if (ahora.recibe, ahora.nombre) != quien:
        envio.codigo_de_tercero = None if ahora.recibe is QuienPuede.DESTINATARIO else ahora.id
