"""The other numbers of an item: who carries or sends it says what they call it, and takes back a mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Habilitacion,
    SinFacultad,
    con_habilitacion,
    exigir_facultad,
    tiene_facultad,
)
from envios import s10
from envios.items.bloqueos import bloquear_envio
from envios.items.consultas import envio_visible
from envios.items.errores import IdentificadorEnUso, IdentificadorNoEncontrado
from envios.items.esquema import Esquema
from envios.items.modelos import Envio, IdentificadorDeEnvio
from envios.items.partes import ENVIAN, remitente_de
from envios.items.por_numero import PROPIO
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

VIGENCIA_MESES = 24
POR_ENVIO = 10
"""Other numbers of one item: a few operators, a reference, a foreign S10."""


@dataclass(frozen=True, slots=True)
class Agregado:
    """`aviso`: what to look at twice, in words; empty when there is nothing."""

    fila: IdentificadorDeEnvio
    aviso: str


def identificadores_de(sesion: Session, envio_id: UUID) -> Sequence[IdentificadorDeEnvio]:
    """Those of an item that count, its own first."""
    fila = IdentificadorDeEnvio
    return sesion.exec(
        select(fila)
        .where(col(fila.envio_id) == envio_id, col(fila.retirado_en).is_(None))
        .order_by(col(fila.principal).desc(), col(fila.creado_en), col(fila.id))
    ).all()


def agregar_identificador(sesion: Session, actor: Actor, envio_id: UUID, texto: str) -> Agregado:
    """Say what the actor's operator, or its unit that sends, calls an item too. Twice is once.

    Raises `EnvioNoEncontrado`, `SinFacultad`, `DatosInvalidos` (numero), `IdentificadorEnUso`.
    """
    envio, _vista = envio_visible(sesion, actor, envio_id)
    suyos = emisores_del_actor(sesion, actor, envio)
    if not suyos:
        raise SinFacultad(_("Agregan números el operador que lo lleva y la unidad que lo envía."))
    emisor, (esquema, facultad) = next(iter(suyos.items()))
    autorizacion = exigir_facultad(sesion, actor, emisor, facultad, estados=CON_LO_SUYO)
    envio = bloquear_envio(sesion, envio_id)
    normalizado = s10.normalizar(texto)
    numero = _numero_s10(sesion, emisor, normalizado)
    aviso = ""
    if numero is not None:
        esquema = Esquema.S10
        if numero.aviso is not None:
            aviso = _("Las letras %(letras)s no las usa ningún correo: revise que esté bien copiado.") % {
                "letras": numero.indicador
            }
    filas = identificadores_de(sesion, envio_id)
    for fila in filas:
        suya = esquema is Esquema.S10 or fila.emisor_unidad_id == emisor
        if suya and (fila.esquema, fila.normalizado) == (esquema, normalizado):
            return Agregado(fila, aviso)
    if len(filas) > POR_ENVIO:
        raise Conflicto(_("Este envío ya tiene %(n)d números: retire uno.") % {"n": POR_ENVIO})
    hoy = fecha_bolivia(ahora_bd(sesion))
    fila = IdentificadorDeEnvio(
        envio_id=envio_id,
        esquema=esquema,
        emisor_unidad_id=emisor,
        texto=texto.strip()[:60],
        normalizado=normalizado,
        desde=hoy,
        hasta=vigente_hasta(hoy),
        agregado_por=actor.clave,
    )
    try:
        with sesion.begin_nested():
            sesion.add(fila)
    except IntegrityError as error:
        detalle = _("Ese número es de otro envío, o lo fue hace menos de 24 meses.")
        raise IdentificadorEnUso(detalle, campos={"numero": detalle}) from error
    datos = {"esquema": esquema, "numero": normalizado}
    auditar(sesion, autorizacion, "envio.agregar_identificador", "envios_envio", envio.id, datos)
    return Agregado(fila, aviso)


def retirar_identificador(sesion: Session, actor: Actor, envio_id: UUID, identificador_id: UUID) -> None:
    """Take back a number that was written on the wrong item; for the unit that wrote it. Twice is once.

    Raises `EnvioNoEncontrado`, `IdentificadorNoEncontrado`, `SinFacultad`.
    """
    envio, _vista = envio_visible(sesion, actor, envio_id)
    bloquear_envio(sesion, envio_id)
    fila = sesion.get(IdentificadorDeEnvio, identificador_id, populate_existing=True)
    if fila is None or fila.envio_id != envio_id or fila.emisor_unidad_id is None:
        raise IdentificadorNoEncontrado(_("Solo se retira un número que se agregó."))
    suyos = emisores_del_actor(sesion, actor, envio)
    if fila.emisor_unidad_id not in suyos:
        raise SinFacultad(_("Lo retira la unidad que lo agregó."))
    facultad = suyos[fila.emisor_unidad_id][1]
    autorizacion = exigir_facultad(sesion, actor, fila.emisor_unidad_id, facultad, estados=CON_LO_SUYO)
    if fila.retirado_en is None:
        fila.retirado_en = ahora_bd(sesion)
        datos = {"esquema": fila.esquema, "numero": fila.normalizado}
        auditar(sesion, autorizacion, "envio.retirar_identificador", "envios_envio", envio_id, datos)
        sesion.flush()


def emisores_del_actor(sesion: Session, actor: Actor, envio: Envio) -> dict[UUID, tuple[Esquema, Facultad]]:
    """The units of an item for which the actor may say what they call it, and as what; operators first."""
    posibles = [
        (unidad, Esquema.OPERADOR, Facultad.DESPACHAR)
        for unidad in dict.fromkeys((envio.custodio_unidad_id, envio.operador_unidad_id))
    ]
    remitente = remitente_de(sesion, envio).unidad_id
    if remitente is not None:
        posibles += [(remitente, Esquema.REMITENTE, facultad) for facultad in ENVIAN]
    suyos: dict[UUID, tuple[Esquema, Facultad]] = {}
    for unidad, esquema, facultad in posibles:
        if unidad not in suyos and tiene_facultad(sesion, actor, unidad, facultad, estados=CON_LO_SUYO):
            suyos[unidad] = (esquema, facultad)
    return suyos


def _numero_s10(sesion: Session, emisor: UUID, normalizado: str) -> s10.NumeroS10 | None:
    """The S10 number that it is, if it is one. Raises `DatosInvalidos` for what nobody may bring.

    Bolivia's are the designated operator's; ours of two letters, nobody's but who numbers them here.
    """
    if not PROPIO.fullmatch(normalizado):
        raise _malo(_("Escriba de 3 a 40 letras o cifras, sin acentos; también sirven / . _ # y :."))
    if normalizado.startswith(s10.PREFIJO_DE_CASA) and s10.es_de_casa(normalizado):
        raise _malo(_("Los números que empiezan con QH los da la plataforma."))
    try:
        numero = s10.validar(normalizado)
    except s10.NumeroInvalido as error:
        if error.motivo is s10.MotivoInvalido.DIGITO_VERIFICADOR:
            raise _malo(error.detalle) from error
        return None
    if numero.es_nacional and (
        numero.indicador == s10.INDICADOR_NACIONAL
        or not con_habilitacion(sesion, [emisor], Habilitacion.OPERADOR_DESIGNADO)
    ):
        raise _malo(_("Los números S10 de Bolivia los da el operador postal designado."))
    return numero


def _malo(detalle: str) -> DatosInvalidos:
    return DatosInvalidos(detalle, campos={"numero": detalle})


def vigente_hasta(desde: date) -> date:
    """The first day on which a number given on `desde` could be another item's."""
    anio = desde.year + VIGENCIA_MESES // 12
    try:
        return desde.replace(year=anio)
    except ValueError:  # 29 February
        return desde.replace(year=anio, day=28)
