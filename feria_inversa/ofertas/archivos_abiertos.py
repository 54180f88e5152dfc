"""The files of bids from their opening on: which are those that the bid names, and what they look like.

The opening only writes down what each text says of its files; each is read afterwards by itself, and drawn
again as all that strangers send, so that no file holds an opening up.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad
from feria_inversa.documentos import pedidos_de
from feria_inversa.llaves import NoAbre, descifrar
from feria_inversa.ofertas import eventos
from feria_inversa.ofertas.archivos import info_de_archivo
from feria_inversa.ofertas.bloqueos import archivo_abierto
from feria_inversa.ofertas.errores import ArchivoNoEncontrado
from feria_inversa.ofertas.esquemas import ArchivoDicho
from feria_inversa.ofertas.modelos import ArchivoAbierto, ArchivoDeOferta, Oferta
from feria_inversa.procesos import Estado, puede_gestionar
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.archivos import Recibido, bytes_de, guardar_prueba, huellas_de
from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.eventos import Noticia, publicar_varias
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


class DeArchivos(Protocol):
    """What an opened envelope says of its files: their key, and each."""

    clave: str | None
    archivos: list[ArchivoDicho]


@dataclass(frozen=True, slots=True)
class Traido:
    """A document that a bid brought. Without `leido_id` it is still to be read, or cannot be: `falla`."""

    numero: int
    nombre: str
    huella: str | None
    leido_id: UUID | None
    falla: str | None


def anotar_abiertos(sesion: Session, abiertas: Mapping[UUID, DeArchivos]) -> None:
    """Of the bids whose envelopes were opened just now, which of their files are those that each names."""
    consulta = select(ArchivoDeOferta).where(col(ArchivoDeOferta.oferta_id).in_(abiertas))
    orden = (col(ArchivoDeOferta.oferta_id), col(ArchivoDeOferta.numero))
    filas = sesion.exec(consulta.order_by(*orden)).all()
    if not filas:
        return
    huellas, instante = huellas_de(sesion, [fila.archivo_id for fila in filas]), ahora_bd(sesion)
    noticias = []
    for fila in filas:
        clave, archivos = abiertas[fila.oferta_id].clave, abiertas[fila.oferta_id].archivos
        dicho = next((uno for uno in archivos if uno.numero == fila.numero), None)
        abierto = ArchivoAbierto(oferta_id=fila.oferta_id, numero=fila.numero)
        if clave is None or dicho is None or dicho.cifrado != huellas[fila.archivo_id].sha256:
            abierto.leido_en, abierto.falla = instante, _("El archivo no es el que dice la oferta.")
        else:
            abierto.huella, abierto.clave = dicho.huella, bytes.fromhex(clave)
            noticias.append(Noticia(eventos.ARCHIVO_ABIERTO, fila.oferta_id, {"numero": fila.numero}))
        sesion.add(abierto)
    publicar_varias(sesion, noticias, Actor.sistema("apertura"))
    sesion.flush()


def leer_archivo(sesion: Session, oferta_id: UUID, numero: int) -> None:
    """Decrypt a file and draw it again, once: whatever it is, there is a drawing of it or a reason."""
    abierto = archivo_abierto(sesion, oferta_id, numero)
    if abierto is None or abierto.leido_en is not None:
        return
    assert abierto.clave is not None
    subido = sesion.get_one(ArchivoDeOferta, (oferta_id, numero))
    try:
        cifrado = bytes_de(sesion, subido.archivo_id)
        contenido = descifrar(abierto.clave, info_de_archivo(oferta_id, numero), cifrado)
        if hashlib.sha256(contenido).hexdigest() != abierto.huella:
            raise NoAbre
        abierto.leido_id = guardar_prueba(sesion, Recibido.de_bytes(contenido), duenio=oferta_id)
    except NoAbre:
        abierto.falla = _("El archivo no se abre con la clave que dice la oferta, o no es el de su huella.")
    except NoEncontrado:
        abierto.falla = _("El archivo cifrado ya no está guardado: no se puede leer.")
    except DatosInvalidos as error:
        abierto.falla = error.detalle
    abierto.leido_en = ahora_bd(sesion)
    sesion.flush()


def traidos_de(sesion: Session, convocatoria: Convocatoria) -> dict[UUID, list[Traido]]:
    """By bid, the documents that it brought; nothing before the opening, nor while it is auctioned."""
    if convocatoria.conocidas_en is None or convocatoria.estado == Estado.SUBASTA:
        return {}
    nombres = {pedido.numero: pedido.nombre for pedido in pedidos_de(sesion, convocatoria.id)}
    consulta = (
        select(ArchivoAbierto)
        .join(Oferta, col(Oferta.id) == ArchivoAbierto.oferta_id)
        .where(Oferta.convocatoria_id == convocatoria.id)
        .order_by(col(ArchivoAbierto.oferta_id), col(ArchivoAbierto.numero))
    )
    traidos: dict[UUID, list[Traido]] = {}
    for a in sesion.exec(consulta) if nombres else ():
        uno = Traido(a.numero, nombres[a.numero], a.huella, a.leido_id, a.falla)
        traidos.setdefault(a.oferta_id, []).append(uno)
    return traidos


def ve_archivos(sesion: Session, actor: Actor | None, convocatoria: Convocatoria, unidad_id: UUID) -> bool:
    """Whether somebody may open what a unit brought: who works in the process, and the unit itself. Others
    are told which documents there are, and their digests."""
    return puede_gestionar(sesion, actor, convocatoria.unidad_id) or (
        actor is not None and tiene_facultad(sesion, actor, unidad_id, Facultad.OFERTAR, estados=CON_LO_SUYO)
    )


def archivo_leido(
    sesion: Session, actor: Actor, convocatoria: Convocatoria, oferta_id: UUID, numero: int
) -> UUID:
    """The drawing of a document, for who may open it. Raises `ArchivoNoEncontrado`."""
    oferta = sesion.get(Oferta, oferta_id)
    if oferta is None or not ve_archivos(sesion, actor, convocatoria, oferta.unidad_id):
        raise ArchivoNoEncontrado
    for traido in traidos_de(sesion, convocatoria).get(oferta_id, ()):
        if traido.numero == numero and traido.leido_id is not None:
            return traido.leido_id
    raise ArchivoNoEncontrado
