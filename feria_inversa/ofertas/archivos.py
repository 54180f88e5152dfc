"""The files of a bid until it is presented: what its call asks for, encrypted, under the id that it takes.

Whoever sends them encrypts them, with a key that the sealed text says and nothing else; without JavaScript,
or without a key of the process, the server does during the request. What no bid was presented with is thrown
away.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, not_
from sqlmodel import Session, col, delete, func, select

from empresa_digital.registro import Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from feria_inversa.documentos import PEDIDOS_MAXIMOS, Pedido, pedidos_de
from feria_inversa.entidades import exigir_sin_conflicto_al_ofertar
from feria_inversa.llaves import cifrar, es_tamano_cifrado, tamano_cifrado
from feria_inversa.ofertas.a_tiempo import exigir_a_tiempo
from feria_inversa.ofertas.bloqueos import lugar_de, lugar_si_libre
from feria_inversa.ofertas.errores import OfertaYaPresentada, id_en_uso
from feria_inversa.ofertas.esquemas import ArchivoDicho
from feria_inversa.ofertas.modelos import ArchivoDeOferta, Oferta
from feria_inversa.procesos import PUBLICOS, ConvocatoriaNoEncontrada, compartir
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.archivos import MAXIMO_BYTES, Recibido, exigir_prueba, guardar, huellas_de, soltar
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.limites import limitar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

OBJETO = "feria_oferta"
TIPO_CIFRADO = "application/octet-stream"
CIFRADO_MAXIMO = tamano_cifrado(MAXIMO_BYTES)
ARCHIVOS_MAXIMOS = 10 * PEDIDOS_MAXIMOS
"""Of a unit in a process, those of all its bids and those that it only uploaded."""
ARCHIVOS_POR_HORA = 10 * PEDIDOS_MAXIMOS
"""Of a unit, in all processes."""
SIN_OFERTA = timedelta(days=1)
PARA_LEER = timedelta(minutes=10)
"""More than drawing all the files of a form takes: a bid that was looked at in it is still in time."""


@dataclass(frozen=True, slots=True)
class Adjuntos:
    """What a sealed text says of its files: the key of all, and of each its digest, open and encrypted."""

    clave: str
    archivos: Sequence[ArchivoDicho]


def info_de_archivo(oferta_id: UUID, numero: int) -> str:
    """What a file is for: one document of one bid. It opens as no other."""
    return f"qhatu-archivo-v1|{oferta_id}|{numero}"


def subir_archivo(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    unidad_id: UUID,
    oferta_id: UUID,
    numero: int,
    cifrado: Recibido,
) -> str:
    """Keep an encrypted file for a bid that is about to be presented; its SHA-256. The same document again
    takes the place of the one before. Raises `OfertaTardia`, `OfertaYaPresentada`, `DatosInvalidos`,
    `LimiteExcedido`.
    """
    exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR)
    exigir_habilitacion(sesion, unidad_id, Habilitacion.PROVEEDOR_DEL_ESTADO)
    convocatoria = compartir(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS:
        raise ConvocatoriaNoEncontrada
    exigir_sin_conflicto_al_ofertar(sesion, actor, convocatoria.unidad_id, unidad_id)
    lugar_de(sesion, convocatoria_id, unidad_id)
    exigir_a_tiempo(sesion, convocatoria)
    limitar("oferta.archivo", str(unidad_id), cupo=ARCHIVOS_POR_HORA, ventana_s=3600)
    _exigir_pedido(pedidos_de(sesion, convocatoria_id), numero)
    if not es_tamano_cifrado(cifrado.tamano) or cifrado.tamano > CIFRADO_MAXIMO:
        raise _mal(
            numero, _("El archivo cifrado no tiene el largo que debe: cífrelo otra vez, de hasta 8 MB.")
        )
    if sesion.get(Oferta, oferta_id) is not None:
        raise OfertaYaPresentada(_("Esa oferta ya se presentó: para cambiar sus archivos, reemplácela."))
    _hacer_lugar(sesion, convocatoria_id, unidad_id, oferta_id, numero)
    archivo_id = guardar(sesion, cifrado.abrir(), TIPO_CIFRADO, duenio=oferta_id)
    fila = ArchivoDeOferta(
        oferta_id=oferta_id,
        numero=numero,
        convocatoria_id=convocatoria_id,
        unidad_id=unidad_id,
        archivo_id=archivo_id,
        subido_por=actor.nombre,
    )
    sesion.add(fila)
    sesion.flush()
    huella = cifrado.huella().hex()
    hechos = {"convocatoria_id": str(convocatoria_id), "numero": numero, "huella": huella}
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR)
    auditar(sesion, autorizacion, "oferta.subir_archivo", OBJETO, oferta_id, hechos)
    return huella


def _exigir_pedido(pedidos: Sequence[Pedido], numero: int) -> None:
    if numero not in {pedido.numero for pedido in pedidos}:
        raise DatosInvalidos(_("La convocatoria no pide ese documento."))


def _mal(numero: int, detalle: str) -> DatosInvalidos:
    return DatosInvalidos(detalle, campos={f"archivo_{numero}": detalle})


def _hacer_lugar(
    sesion: Session, convocatoria_id: UUID, unidad_id: UUID, oferta_id: UUID, numero: int
) -> None:
    """Take away what the document had, and see that the unit did not send too much."""
    previo = sesion.get(ArchivoDeOferta, (oferta_id, numero))
    suyos = select(func.count()).where(
        col(ArchivoDeOferta.convocatoria_id) == convocatoria_id, col(ArchivoDeOferta.unidad_id) == unidad_id
    )
    otros = select(ArchivoDeOferta.unidad_id).where(
        col(ArchivoDeOferta.oferta_id) == oferta_id, col(ArchivoDeOferta.unidad_id) != unidad_id
    )
    if sesion.exec(otros).first() is not None:
        raise id_en_uso()
    if previo is not None:
        sesion.delete(previo)
        sesion.flush()
        soltar(sesion, previo.archivo_id)
    elif sesion.exec(suyos).one() >= ARCHIVOS_MAXIMOS:
        raise DatosInvalidos(_("Su unidad ya subió demasiados archivos a esta convocatoria."))


def adjuntar(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    unidad_id: UUID,
    oferta_id: UUID,
    recibidos: Mapping[int, Recibido],
) -> Adjuntos | None:
    """Encrypt and keep the files of a bid, by the number of their document; None when there are none. The
    server sees them during this request.

    Raises what `subir_archivo` does.
    """
    if not recibidos:
        return None
    _exigir_tamanos(recibidos)
    clave = secrets.token_bytes(32)
    dichos = []
    for numero, recibido in sorted(recibidos.items()):
        cifrado = Recibido.de_bytes(cifrar(clave, info_de_archivo(oferta_id, numero), recibido.contenido))
        huella = subir_archivo(sesion, actor, convocatoria_id, unidad_id, oferta_id, numero, cifrado)
        dichos.append(ArchivoDicho(numero=numero, huella=recibido.huella().hex(), cifrado=huella))
    return Adjuntos(clave.hex(), dichos)


def se_leen_antes(sesion: Session, convocatoria: Convocatoria) -> bool:
    """Whether there is time to look at the files of a bid before it is presented, when nothing is locked. In
    the last minutes it is presented first: it is in time when it came, however long its files take.
    """
    assert convocatoria.vence_en is not None
    return ahora_bd(sesion) + PARA_LEER < convocatoria.vence_en


def _exigir_tamanos(recibidos: Mapping[int, Recibido]) -> None:
    for numero, recibido in recibidos.items():
        if recibido.tamano > MAXIMO_BYTES:
            raise _mal(numero, _("El archivo pesa más de 8 MB: redúzcalo y elíjalo otra vez."))


def exigir_legibles(unidad_id: UUID, recibidos: Mapping[int, Recibido]) -> None:
    """See that the files of a unit's bid can be read: some seconds. Raises `DatosInvalidos`,
    `LimiteExcedido`.
    """
    _exigir_tamanos(recibidos)
    for _archivo in recibidos:
        limitar("oferta.lectura", str(unidad_id), cupo=ARCHIVOS_POR_HORA, ventana_s=3600)
    for numero, recibido in recibidos.items():
        try:
            exigir_prueba(recibido)
        except DatosInvalidos as error:
            raise _mal(numero, error.detalle) from error


def exigir_subidos(
    sesion: Session, convocatoria_id: UUID, unidad_id: UUID, oferta_id: UUID, dichos: Mapping[int, str]
) -> None:
    """The files with which a bid is presented are those that came, by their SHA-256; others that were
    uploaded for it are thrown away. Raises `DatosInvalidos` of one that never came, or was another.
    """
    consulta = select(ArchivoDeOferta).where(ArchivoDeOferta.oferta_id == oferta_id)
    filas = {fila.numero: fila for fila in sesion.exec(consulta)}
    if any((f.convocatoria_id, f.unidad_id) != (convocatoria_id, unidad_id) for f in filas.values()):
        raise id_en_uso()
    huellas = huellas_de(sesion, [fila.archivo_id for fila in filas.values()]) if filas else {}
    subidos = {numero: huellas[fila.archivo_id].sha256 for numero, fila in filas.items()}
    faltan = {numero for numero, huella in dichos.items() if subidos.get(numero) != huella}
    if faltan:
        nombres = {pedido.numero: pedido.nombre for pedido in pedidos_de(sesion, convocatoria_id)}
        detalle = _("No llegó: {}. Súbalo otra vez.").format(
            "; ".join(nombres.get(n, str(n)) for n in sorted(faltan))
        )
        raise DatosInvalidos(detalle, campos={"archivos": detalle})
    for numero in filas.keys() - dichos.keys():
        sesion.delete(filas[numero])
    sesion.flush()


def subidos_con(sesion: Session, oferta_id: UUID) -> list[Pedido]:
    """The documents that a bid brought, for who presented it: nobody else is told before the opening."""
    fila = select(ArchivoDeOferta.convocatoria_id, ArchivoDeOferta.numero)
    filas = sesion.exec(fila.where(ArchivoDeOferta.oferta_id == oferta_id)).all()
    if not filas:
        return []
    numeros = {numero for _convocatoria, numero in filas}
    return [pedido for pedido in pedidos_de(sesion, filas[0][0]) if pedido.numero in numeros]


def lugares_sin_oferta(sesion: Session) -> Sequence[tuple[UUID, UUID]]:
    """Where there are files for bids that nobody presented in a day: the call and the unit."""
    lugares = select(ArchivoDeOferta.convocatoria_id, ArchivoDeOferta.unidad_id).where(*_sin_oferta())
    return sesion.exec(lugares.distinct()).all()


def tirar_sin_oferta(sesion: Session, lugar: tuple[UUID, UUID]) -> int:
    """Throw away those of a unit in a call; how many. Not while the unit does something there: it may be
    presenting that bid. The house's sweep takes the bytes away."""
    convocatoria_id, unidad_id = lugar
    if not lugar_si_libre(sesion, convocatoria_id, unidad_id):
        return 0
    suyos = (
        col(ArchivoDeOferta.convocatoria_id) == convocatoria_id,
        col(ArchivoDeOferta.unidad_id) == unidad_id,
    )
    hecho = sesion.execute(delete(ArchivoDeOferta).where(*suyos, *_sin_oferta()))
    return int(hecho.rowcount)  # type: ignore[attr-defined]


def _sin_oferta() -> tuple[ColumnElement[bool], ...]:
    return (
        col(ArchivoDeOferta.subido_en) < func.nucleo_ahora() - SIN_OFERTA,
        not_(exists().where(col(Oferta.id) == col(ArchivoDeOferta.oferta_id))),
    )
