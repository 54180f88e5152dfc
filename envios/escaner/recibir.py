"""Receive what a telephone read, in any order and as often as it is sent: each reading is judged once.

Whatever is judged is kept, a refused reading too. Locks: corrections (shared), items by id, readings by id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from envios.escaner.bloqueos import bloquear_escaneos
from envios.escaner.dos_telefonos import el_mismo, lo_contrario
from envios.escaner.entregas import Entrega, entregar
from envios.escaner.errores import AgenciaDeOtro, NoSeLee, OtraPersona
from envios.escaner.esquemas import EscaneoPorSubir, ResultadoEscaneo, Telefono
from envios.escaner.estados import VIDA_ESCANEO, EstadoEscaneo
from envios.escaner.modelos import FilaDeEscaneo
from envios.escaner.reloj import corregir_hora
from envios.eventos import (
    CODIGOS_DE_ESCANEO,
    AccionIntento,
    Codigo,
    CodigoPropio,
    Correccion,
    EventoNuevo,
    Fuente,
    Motivo,
    MotivoCorreccion,
    Resultado,
    ResultadoEvento,
    Suceso,
    bloquear_correcciones,
    corregir_evento,
    eventos_y_corregidos,
    registrar_autorizado,
)
from envios.items import EnvioNoEncontrado, bloquear_envios, ids_por_numero
from envios.items.modelos import Envio
from envios.operadores import exigir_despacho, exigir_en_agencia
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import ErrorDominio
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

SIN_JUZGAR = frozenset({EstadoEscaneo.RECIBIDO, EstadoEscaneo.RECHAZADO})


@dataclass(frozen=True, slots=True)
class Juzgado:
    """What became of one reading; `fila` is None when it is of somebody else, or for another operator."""

    id: UUID
    resultado: ResultadoEscaneo
    fila: FilaDeEscaneo | None
    envio: Envio | None = None


def autorizar(sesion: Session, actor: Actor, telefono: Telefono) -> Autorizacion:
    """Who may send a queue: its own worker, for an operator and an agency they work for.

    Raises `OtraPersona`, `SinFacultad`, `SinHabilitacion`, `NoTrabajaAqui`, `AgenciaDeOtro`.
    """
    autorizacion = _autoridad(sesion, actor, telefono)
    if actor.persona_id != telefono.persona_id:
        raise OtraPersona(_("Quien las leyó debe ingresar en este teléfono para enviarlas."))
    return autorizacion


def _autoridad(sesion: Session, actor: Actor, telefono: Telefono) -> Autorizacion:
    if telefono.agencia_id is not None:
        dentro = exigir_en_agencia(sesion, actor, telefono.agencia_id)
        if dentro.agencia.operador_unidad_id == telefono.operador_unidad_id:
            return dentro.autorizacion
        raise AgenciaDeOtro(_("Elija una agencia del operador para el que lee."))
    return exigir_despacho(sesion, actor, telefono.operador_unidad_id)


def recibir(
    sesion: Session,
    actor: Actor,
    telefono: Telefono,
    escaneos: Sequence[EscaneoPorSubir],
    entrega: Entrega | None = None,
) -> list[Juzgado]:
    """Judge a batch; results in its order. What was judged before is not judged again unless it was refused.

    A delivery comes alone, with what was said and seen at the door (`entrega`). Raises what `autorizar`
    raises, before touching anything; what is wrong with one is in its own result.
    """
    autorizacion = autorizar(sesion, actor, telefono)
    bloquear_correcciones(sesion, telefono.operador_unidad_id, solo_lee=True)
    numeros = {e.numero for e in escaneos if e.numero}
    por_numero = ids_por_numero(sesion, numeros, telefono.operador_unidad_id)
    envios = bloquear_envios(sesion, por_numero.values())
    instante = ahora_bd(sesion)
    vistos = {e.id: por_numero.get(e.numero) for e in escaneos}
    filas = _filas(sesion, telefono, escaneos, instante)
    de_quien = (telefono.persona_id, telefono.operador_unidad_id)
    suyas = {id: f for id, f in filas.items() if (f.persona_id, f.operador_unidad_id) == de_quien}
    pendientes = {id: f for id, f in suyas.items() if f.estado in SIN_JUZGAR}
    for fila in pendientes.values():
        _leido_de_nuevo(fila, next(e for e in escaneos if e.id == fila.id), vistos[fila.id])
    juicio = Juicio(sesion, autorizacion, telefono.operador_unidad_id, envios, entrega)
    juicio.juzgar(list(pendientes.values()))
    return [_dicho(e.id, suyas.get(e.id), e.id in pendientes, envios) for e in escaneos]


def _filas(
    sesion: Session, telefono: Telefono, escaneos: Sequence[EscaneoPorSubir], instante: datetime
) -> dict[UUID, FilaDeEscaneo]:
    """The rows, made where they are not: two uploads of the same come one after the other."""
    al_enviar = instante - telefono.enviado.instante
    nuevas = []
    for escaneo in sorted({e.id: e for e in escaneos}.values(), key=lambda e: e.id):
        reloj_en = escaneo.reloj.instante
        medido = None if escaneo.desfase_ms is None else timedelta(milliseconds=escaneo.desfase_ms)
        hora = corregir_hora(reloj_en, medido, al_enviar, instante)
        desfase = al_enviar if medido is None else medido
        nuevas.append(
            telefono.model_dump(exclude={"enviado", "escaneos", "escaneo", "entrega"})
            | escaneo.model_dump(include={"id", "codigo", "numero", "motivo", "accion"})
            | {
                "reloj_en": reloj_en,
                "zona_min": escaneo.reloj.zona_min,
                "desfase_ms": int(desfase.total_seconds() * 1000),
                "ocurrido_en": hora.ocurrido_en,
                "reloj_corregido": hora.corregida,
                "recibido_en": instante,
                "estado": EstadoEscaneo.RECIBIDO,
                "error_codigo": "",
                "detalle": "",
            }
        )
    sesion.execute(insert(FilaDeEscaneo).values(nuevas).on_conflict_do_nothing())
    return bloquear_escaneos(sesion, [n["id"] for n in nuevas])


def _leido_de_nuevo(fila: FilaDeEscaneo, escaneo: EscaneoPorSubir, envio_id: UUID | None) -> None:
    """A refused reading may come again with its number put right; nothing else of it changes."""
    fila.numero, fila.envio_id = escaneo.numero or fila.numero, envio_id


def _dicho(
    id: UUID, fila: FilaDeEscaneo | None, juzgado_ahora: bool, envios: Mapping[UUID, Envio]
) -> Juzgado:
    if fila is None:
        return Juzgado(id, ResultadoEscaneo.RECHAZADO, None)
    resultado = {
        EstadoEscaneo.REGISTRADO: ResultadoEscaneo.REGISTRADO if juzgado_ahora else ResultadoEscaneo.REPETIDO,
        EstadoEscaneo.YA_ESTABA: ResultadoEscaneo.YA_ESTABA,
        EstadoEscaneo.RECHAZADO: ResultadoEscaneo.RECHAZADO,
    }.get(EstadoEscaneo(fila.estado), ResultadoEscaneo.REPETIDO)
    return Juzgado(id, resultado, fila, envios.get(fila.envio_id) if fila.envio_id else None)


@dataclass(slots=True)
class Juicio:
    """Judges readings of locked items: recorded, already there, or refused."""

    sesion: Session
    autorizacion: Autorizacion
    operador_unidad_id: UUID
    envios: Mapping[UUID, Envio]
    entrega: Entrega | None
    eventos: dict[UUID, list[Suceso]] = field(init=False)

    def __post_init__(self) -> None:
        eventos, corregidos = eventos_y_corregidos(self.sesion, self.envios)
        self.eventos = {
            envio_id: [e for e in suyos if e.id not in corregidos] for envio_id, suyos in eventos.items()
        }

    def juzgar(self, filas: Sequence[FilaDeEscaneo]) -> None:
        """By time of occurrence, so that of two equal readings of one batch the earlier one counts."""
        esperan = sorted(filas, key=lambda f: (f.ocurrido_en, f.id))
        while esperan:
            despues = self._tanda(esperan)
            assert len(despues) < len(esperan)
            esperan = despues

    def _tanda(self, filas: Sequence[FilaDeEscaneo]) -> list[FilaDeEscaneo]:
        """One upload of those that are the first of their kind; the others, which wait for its outcome."""
        primeras: list[FilaDeEscaneo] = []
        tardias: dict[UUID, Suceso] = {}
        despues: list[FilaDeEscaneo] = []
        for fila in filas:
            igual = el_mismo(self._de(fila), self.operador_unidad_id, fila.codigo, fila.ocurrido_en)
            if not self._se_lee(fila.codigo):
                rechazar(fila, NoSeLee(_("Elija en la lista qué pasó con el envío.")))
            elif igual is not None and (igual.ocurrido_en <= fila.ocurrido_en or igual.codigo == Codigo.EMI):
                self._ya_estaba(fila, igual)  # a delivery moved money: the first to arrive stands
            elif fila.envio_id is not None and any(
                (p.envio_id, p.codigo) == (fila.envio_id, fila.codigo) for p in primeras
            ):
                despues.append(fila)
            else:
                primeras.append(fila)
                if igual is not None:
                    tardias[fila.id] = igual
        hechos = self._registrar(primeras)
        for fila, hecho in zip(primeras, hechos, strict=True):
            self._anotar(fila, hecho, tardias.get(fila.id))
        self.sesion.flush()
        return despues

    def _se_lee(self, codigo: str) -> bool:
        """A delivery comes with what was said at the door; anything else is of the list."""
        return codigo in CODIGOS_DE_ESCANEO if self.entrega is None else codigo == Codigo.EMI

    def _de(self, fila: FilaDeEscaneo) -> list[Suceso]:
        return self.eventos.get(fila.envio_id, []) if fila.envio_id else []

    def _registrar(self, filas: Sequence[FilaDeEscaneo]) -> list[ResultadoEvento]:
        if self.entrega is not None:
            return [self._entregar(fila, self.entrega) for fila in filas]
        nuevos = [evento_de(fila) for fila in filas]
        return registrar_autorizado(
            self.sesion, self.autorizacion, self.operador_unidad_id, nuevos, Fuente.ESCANER
        )

    def _entregar(self, fila: FilaDeEscaneo, entrega: Entrega) -> ResultadoEvento:
        if fila.envio_id is None:
            error = EnvioNoEncontrado(_("No hay un envío con ese número."))
            return ResultadoEvento(Resultado.RECHAZADO, error=error)
        envio, operador = self.envios[fila.envio_id], self.operador_unidad_id
        return entregar(self.sesion, self.autorizacion, operador, evento_de(fila), envio, entrega)

    def _anotar(self, fila: FilaDeEscaneo, hecho: ResultadoEvento, tardia: Suceso | None) -> None:
        if hecho.error is not None:
            rechazar(fila, hecho.error)
            return
        assert hecho.evento is not None
        suyo = hecho.evento
        fila.evento_id, fila.error_codigo, fila.detalle = suyo.id, "", ""
        if suyo.codigo == CodigoPropio.ENTREGA_PROVISIONAL:
            fila.detalle = _(
                "El código no era el de este envío: la entrega queda por confirmar. Se avisó a quien recibe."
            )
        VIDA_ESCANEO.pasar(fila, EstadoEscaneo.REGISTRADO)
        self.sesion.flush()
        if tardia is not None:
            self._ceder(tardia, suyo)
        self._de(fila).append(suyo)
        contrario = lo_contrario(self._de(fila), suyo)
        if contrario is not None:
            fila.choca_con_id = contrario.id
            for otra in bloquear_escaneos(self.sesion, (), eventos=[contrario.id]).values():
                otra.choca_con_id = suyo.id

    def _ya_estaba(self, fila: FilaDeEscaneo, evento: Suceso) -> None:
        fila.evento_id, fila.error_codigo, fila.detalle = evento.id, "", ""
        VIDA_ESCANEO.pasar(fila, EstadoEscaneo.YA_ESTABA)

    def _ceder(self, tardia: Suceso, suyo: Suceso) -> None:
        """The later of two equal readings arrived first: it is declared repeated, and stands on this one."""
        nueva = Correccion(MotivoCorreccion.REPETIDO, tardia.id)
        corregir_evento(self.sesion, self.autorizacion, tardia, nueva, Fuente.ESCANER)
        self._de_evento(tardia).remove(tardia)
        for otra in bloquear_escaneos(self.sesion, (), eventos=[tardia.id]).values():
            otra.evento_id = suyo.id
            if otra.estado == EstadoEscaneo.REGISTRADO:
                VIDA_ESCANEO.pasar(otra, EstadoEscaneo.YA_ESTABA)

    def _de_evento(self, evento: Suceso) -> list[Suceso]:
        return self.eventos[evento.envio_id]


def rechazar(fila: FilaDeEscaneo, error: ErrorDominio) -> None:
    """Kept with its reason: it waits in its worker's page."""
    fila.error_codigo, fila.detalle = error.codigo, error.detalle[:300]
    if fila.estado != EstadoEscaneo.RECHAZADO:
        VIDA_ESCANEO.pasar(fila, EstadoEscaneo.RECHAZADO)


def evento_de(fila: FilaDeEscaneo, cliente: str = "") -> EventoNuevo:
    return EventoNuevo(
        codigo=fila.codigo,
        envio_id=fila.envio_id,
        ocurrido_en=fila.ocurrido_en.astimezone(timezone(timedelta(minutes=fila.zona_min))),
        evento_cliente_id=cliente or f"e:{fila.id}",
        motivo=Motivo(fila.motivo) if fila.motivo else None,
        accion=AccionIntento(fila.accion) if fila.accion else None,
        agencia_id=fila.agencia_id,
    )
