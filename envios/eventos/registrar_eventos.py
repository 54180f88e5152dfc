"""Record what happened to items: one event or a batch, in any order, as many times as it is sent.

Every item of a batch gets its own result; a refused item leaves no trace and harms no other. The shipment's
row is locked, its state derived again from all its events, and news published only when it is news.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Habilitacion,
    exigir_facultad,
    exigir_habilitacion,
    municipio,
)
from envios.eventos.derivar import Derivacion, QuienRecibe, derivar_estado
from envios.eventos.emsevt import Codigo, estado_de_codigo
from envios.eventos.errores import (
    CodigoBloqueado,
    CodigoIncorrecto,
    EventoInvalido,
    EventoSinExplicar,
    IdentidadEnUso,
    OtroOperador,
    SinDevolucion,
    YaEntregado,
)
from envios.eventos.modelos import EventoEnvio
from envios.eventos.motivos import AccionIntento, Motivo
from envios.items import (
    FALLOS_MAXIMOS,
    VIDA_ENVIO,
    EnvioNoEncontrado,
    EnvioTerminado,
    EstadoEnvio,
    bloquear_envios,
    coincide,
    datos_de,
    envio_del_operador,
    ids_por_numero,
    leer_codigo,
)
from envios.items import eventos as publicados
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import ErrorDominio
from nucleo.eventos import publicar
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _

LOTE_MAXIMO = 200
ADELANTO_TOLERADO = timedelta(minutes=5)
DESFASE_MAXIMO = timedelta(hours=14)
ANTIGUEDAD_TOLERADA = timedelta(days=30)
_CODIGO = re.compile(r"[A-Z0-9]{2,10}", re.ASCII)


class Fuente(StrEnum):
    """How an event reached us."""

    PAGINA = "pagina"
    ESCANER = "escaner"
    API = "api"
    LOTE = "lote"
    SISTEMA = "sistema"
    SIMULADOR = "simulador"


class Resultado(StrEnum):
    REGISTRADO = "registrado"
    REPETIDO = "repetido"
    RECHAZADO = "rechazado"


@dataclass(frozen=True, slots=True)
class EventoNuevo:
    """An event as reported. `ocurrido_en` carries its offset; without it, now. The item by id or number."""

    codigo: str
    envio_id: UUID | None = None
    numero: str | None = None
    ocurrido_en: datetime | None = None
    evento_cliente_id: str = ""
    motivo: Motivo | None = None
    accion: AccionIntento | None = None
    municipio_ine: str | None = None
    lugar: str = ""
    entregado_a: QuienRecibe | None = None
    codigo_entrega: str = ""
    receptor_nombre: str = ""


@dataclass(frozen=True, slots=True)
class ResultadoEvento:
    """What became of one reported event. With `error`, the caller answers it; raising it would roll back the
    count of wrong codes."""

    resultado: Resultado
    envio: Envio | None = None
    evento: EventoEnvio | None = None
    error: ErrorDominio | None = None


def registrar_eventos(
    sesion: Session, actor: Actor, operador_unidad_id: UUID, nuevos: Sequence[EventoNuevo], fuente: Fuente
) -> list[ResultadoEvento]:
    """Record a batch for one operator; results in the order of `nuevos`.

    Raises `SinFacultad` / `SinHabilitacion` before touching anything; what is wrong with one item is in its
    own result.
    """
    assert len(nuevos) <= LOTE_MAXIMO
    autorizacion = exigir_facultad(sesion, actor, operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO)
    exigir_habilitacion(sesion, operador_unidad_id, Habilitacion.OPERADOR_POSTAL, estados=CON_LO_SUYO)
    return registrar_autorizado(sesion, autorizacion, operador_unidad_id, nuevos, fuente)


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
    por_numero = ids_por_numero(sesion, {n.numero for n in nuevos if n.envio_id is None and n.numero})
    ids = [n.envio_id or por_numero.get(n.numero or "") for n in nuevos]
    lote = _Lote(
        sesion=sesion,
        autorizacion=autorizacion,
        operador_unidad_id=operador_unidad_id,
        fuente=fuente,
        instante=ahora_bd(sesion),
        verificar_codigo=verificar_codigo,
        envios=bloquear_envios(sesion, [i for i in ids if i is not None]),
    )
    lote.cargar_eventos(nuevos)
    # By time of occurrence, so that a batch may hold a whole story in any order.
    orden = sorted(range(len(nuevos)), key=lambda i: _para_ordenar(nuevos[i], lote.instante))
    resultados: dict[int, ResultadoEvento] = {i: lote.registrar(ids[i], nuevos[i]) for i in orden}
    sesion.flush()
    return [resultados[i] for i in range(len(nuevos))]


def _para_ordenar(nuevo: EventoNuevo, instante: datetime) -> datetime:
    """When it happened; now, for an event without an instant or with one that will be refused."""
    ocurrido = nuevo.ocurrido_en
    return ocurrido if ocurrido is not None and ocurrido.utcoffset() is not None else instante


@dataclass(slots=True)
class _Lote:
    """The state of one upload: locked shipments and their events, read once."""

    sesion: Session
    autorizacion: Autorizacion
    operador_unidad_id: UUID
    fuente: Fuente
    instante: datetime
    verificar_codigo: bool
    envios: dict[UUID, Envio]
    eventos: dict[UUID, list[EventoEnvio]] = field(default_factory=dict)
    por_cliente: dict[str, EventoEnvio] = field(default_factory=dict)
    municipios: set[str] = field(default_factory=set)

    def cargar_eventos(self, nuevos: Iterable[EventoNuevo]) -> None:
        self.eventos = {envio_id: [] for envio_id in self.envios}
        for evento in self.sesion.exec(
            select(EventoEnvio).where(col(EventoEnvio.envio_id).in_(list(self.envios)))
        ):
            self.eventos[evento.envio_id].append(evento)
        mencionados = {n.municipio_ine for n in nuevos if n.municipio_ine}
        self.municipios = {ine for ine in mencionados if municipio(self.sesion, ine) is not None}
        identificadores = {n.evento_cliente_id for n in nuevos if n.evento_cliente_id}
        self.por_cliente = {
            e.evento_cliente_id: e
            for e in self.sesion.exec(
                select(EventoEnvio).where(
                    col(EventoEnvio.operador_unidad_id) == self.operador_unidad_id,
                    col(EventoEnvio.evento_cliente_id).in_(identificadores),
                )
            )
        }

    def registrar(self, envio_id: UUID | None, nuevo: EventoNuevo) -> ResultadoEvento:
        envio = self.envios.get(envio_id) if envio_id else None
        try:
            if envio is None:
                raise EnvioNoEncontrado(_("No hay un envío con ese número."))
            if envio.operador_unidad_id != self.operador_unidad_id:
                raise OtroOperador()
            if nuevo.municipio_ine and nuevo.municipio_ine not in self.municipios:
                raise EventoInvalido(_("No existe el municipio del evento."))
            evento = _preparar(envio, nuevo, self.autorizacion, self.fuente, self.instante)
            previo = self._previo(evento, instante_dado=nuevo.ocurrido_en is not None)
            if previo is not None:
                return ResultadoEvento(Resultado.REPETIDO, envio, previo)
            self._admisible(envio, evento)
            if _exige_codigo(evento) and self.verificar_codigo:
                error = self._comprobar_codigo(envio, nuevo.codigo_entrega)
                if error is not None:
                    return ResultadoEvento(Resultado.RECHAZADO, envio, error=error)
            self._guardar(envio, evento)
        except ErrorDominio as error:
            return ResultadoEvento(Resultado.RECHAZADO, envio, error=error)
        return ResultadoEvento(Resultado.REGISTRADO, envio, evento)

    def _previo(self, evento: EventoEnvio, *, instante_dado: bool) -> EventoEnvio | None:
        """The same event already recorded. Raises `IdentidadEnUso` when the id belongs to another one.

        A form gives no instant: its id alone tells a second press.
        """
        if not evento.evento_cliente_id:
            iguales = (e for e in self.eventos[evento.envio_id] if _identidad(e) == _identidad(evento))
            return next(iguales, None)
        previo = self.por_cliente.get(evento.evento_cliente_id)
        if previo is None:
            return None
        if not instante_dado:
            evento.ocurrido_en = previo.ocurrido_en
        if _identidad(previo) != _identidad(evento):
            raise IdentidadEnUso(_("Use un identificador distinto para cada evento."))
        return previo

    def _admisible(self, envio: Envio, evento: EventoEnvio) -> None:
        """Refuse what contradicts the story of the item. Late and unknown events never do."""
        if evento.codigo == Codigo.EMI:
            if any(e.codigo == Codigo.EMI for e in self.eventos[envio.id]):
                raise YaEntregado(_("La entrega de este envío ya está registrada."))
            if evento.es_devolucion and envio.estado is not EstadoEnvio.EN_DEVOLUCION:
                raise SinDevolucion(_("Registre antes el intento fallido con devolución al remitente."))
        elif evento.codigo == Codigo.EXX and envio.estado is not EstadoEnvio.ANUNCIADO:
            raise EnvioTerminado(_("Solo se anula un envío que el operador todavía no recibió."))

    def _comprobar_codigo(self, envio: Envio, dicho: str) -> ErrorDominio | None:
        """None when the recipient's code is right; a wrong one is counted, and the fifth locks it."""
        if envio.codigo_fallos >= FALLOS_MAXIMOS:
            return CodigoBloqueado()
        codigo = leer_codigo(dicho)
        if codigo is None:  # nobody's guess: it uses up no try
            detalle = _("Escriba el código de 6 dígitos que tiene quien recibe.")
            return CodigoIncorrecto(detalle, campos={"codigo_entrega": detalle})
        if coincide(envio.id, envio.codigo_version, codigo):
            return None
        envio.codigo_fallos += 1
        auditar(
            self.sesion,
            self.autorizacion,
            "envio.codigo_incorrecto",
            "envios_envio",
            envio.id,
            {"fallos": envio.codigo_fallos},
        )
        self.sesion.flush()
        quedan = FALLOS_MAXIMOS - envio.codigo_fallos
        if quedan == 0:
            return CodigoBloqueado()
        detalle = _("Ese no es el código de este envío. Quedan %(n)d intentos.") % {"n": quedan}
        return CodigoIncorrecto(detalle, campos={"codigo_entrega": detalle}, intentos_restantes=quedan)

    def _guardar(self, envio: Envio, evento: EventoEnvio) -> None:
        try:
            with self.sesion.begin_nested():
                self.sesion.add(evento)
        except IntegrityError as error:  # the same client id, for another item, in a simultaneous upload
            raise IdentidadEnUso(_("Ese identificador se acaba de usar en otro evento.")) from error
        self.eventos[envio.id].append(evento)
        if evento.evento_cliente_id:
            self.por_cliente[evento.evento_cliente_id] = evento
        aplicar_derivacion(self.sesion, self.autorizacion, envio, evento, self.eventos[envio.id])


def _identidad(evento: EventoEnvio) -> tuple[object, ...]:
    """Operator, item, instant and code: the place is never part of it."""
    return (
        evento.operador_unidad_id,
        evento.envio_id,
        evento.ocurrido_en,
        evento.codigo,
        evento.evento_cliente_id,
    )


def _exige_codigo(evento: EventoEnvio) -> bool:
    return evento.codigo == Codigo.EMI and not evento.es_devolucion


def _preparar(
    envio: Envio, nuevo: EventoNuevo, autorizacion: Autorizacion, fuente: Fuente, instante: datetime
) -> EventoEnvio:
    """The row of a well-formed event, not yet added. Raises `EventoInvalido`."""
    if not _CODIGO.fullmatch(nuevo.codigo):
        raise EventoInvalido(_("El código de evento lleva de 2 a 10 letras mayúsculas o dígitos."))
    ocurrido_en = nuevo.ocurrido_en or instante.astimezone(ZONA)
    desfase = ocurrido_en.utcoffset()
    if desfase is None:
        raise EventoInvalido(_("La hora del evento debe llevar su zona, como -04:00."))
    if abs(desfase) > DESFASE_MAXIMO:
        raise EventoInvalido(_("La zona de la hora del evento no existe."))
    if ocurrido_en > instante + ADELANTO_TOLERADO:
        raise EventoInvalido(_("La hora del evento está en el futuro: revise el reloj del aparato."))
    if ocurrido_en < envio.creado_en - ANTIGUEDAD_TOLERADA:
        raise EventoInvalido(_("La hora del evento es muy anterior al anuncio del envío."))
    if nuevo.codigo == Codigo.EMH and (nuevo.motivo is None or nuevo.accion is None):
        raise EventoSinExplicar(_("Indique por qué no se entregó y qué se hará después."))
    es_entrega = nuevo.codigo == Codigo.EMI
    return EventoEnvio(
        envio_id=envio.id,
        operador_unidad_id=envio.operador_unidad_id,
        codigo=nuevo.codigo,
        estado=estado_de_codigo(nuevo.codigo),
        ocurrido_en=ocurrido_en,
        desfase_min=int(desfase.total_seconds() // 60),
        evento_cliente_id=nuevo.evento_cliente_id,
        fuente=fuente,
        recibido_en=instante,
        registrado_por=autorizacion.actor.clave,
        motivo=nuevo.motivo,
        accion=nuevo.accion,
        entregado_a=(nuevo.entregado_a or QuienRecibe.DESTINATARIO) if es_entrega else None,
        receptor_nombre=nuevo.receptor_nombre.strip()[:120] or None if es_entrega else None,
        municipio_ine=nuevo.municipio_ine or None,
        lugar=nuevo.lugar.strip()[:120],
    )


_NOTICIAS = {
    EstadoEnvio.EN_REPARTO: publicados.ENVIO_EN_REPARTO,
    EstadoEnvio.LISTO_PARA_RETIRO: publicados.ENVIO_LISTO_PARA_RETIRO,
    EstadoEnvio.INTENTO_FALLIDO: publicados.ENVIO_INTENTO_FALLIDO,
    EstadoEnvio.EN_DEVOLUCION: publicados.ENVIO_EN_DEVOLUCION,
    EstadoEnvio.ENTREGADO: publicados.ENVIO_ENTREGADO,
    EstadoEnvio.DEVUELTO: publicados.ENVIO_DEVUELTO,
    EstadoEnvio.ANULADO: publicados.ENVIO_ANULADO,
}


def aplicar_derivacion(
    sesion: Session,
    autorizacion: Autorizacion,
    envio: Envio,
    evento: EventoEnvio,
    todos: Sequence[EventoEnvio],
) -> None:
    """Write what all events now say on the shipment's row, audit it, and publish if `evento` made news."""
    antes, admitido_antes = envio.estado, envio.admitido_en
    derivado = derivar_estado(todos)
    _escribir(envio, derivado)
    auditar(
        sesion,
        autorizacion,
        "envio.evento",
        "envios_envio",
        envio.id,
        {"codigo": evento.codigo, "antes": antes, "despues": envio.estado, "evento_id": str(evento.id)},
    )
    sesion.flush()
    datos = {**datos_de(envio), "evento_id": str(evento.id), "codigo": evento.codigo}
    if admitido_antes is None and envio.admitido_en is not None and not envio.estado.es_terminal:
        publicar(sesion, publicados.ENVIO_ADMITIDO, envio.id, datos, autorizacion)
    noticia = _NOTICIAS.get(derivado.estado) if derivado.evento is evento else None
    if noticia is not None:
        publicar(sesion, noticia, envio.id, datos, autorizacion)


def _escribir(envio: Envio, derivado: Derivacion) -> None:
    assert derivado.evento is not None or derivado.estado is EstadoEnvio.ANUNCIADO
    if derivado.estado is not envio.estado:
        VIDA_ENVIO.pasar(envio, derivado.estado)
    if derivado.evento is not None:
        envio.estado_en = derivado.evento.ocurrido_en
    envio.admitido_en = derivado.admitido_en
    envio.entregado_en = derivado.entregado_en
    envio.ultimo_evento_en = derivado.ultimo_evento_en
    envio.intentos = derivado.intentos
    envio.version += 1


def registrar_evento(
    sesion: Session, actor: Actor, envio_id: UUID, nuevo: EventoNuevo, fuente: Fuente
) -> ResultadoEvento:
    """Record one event of one shipment, by whoever dispatches for its operator.

    Raises `EnvioNoEncontrado`, `SinFacultad`, `SinHabilitacion`; any other refusal is in the result.
    """
    envio = envio_del_operador(sesion, actor, envio_id)
    return registrar_eventos(sesion, actor, envio.operador_unidad_id, [nuevo], fuente)[0]


def exigir_registrado(resultado: ResultadoEvento) -> None:
    """Raise what an event was refused for, so that the door undoes it."""
    if resultado.error is not None:
        raise resultado.error
