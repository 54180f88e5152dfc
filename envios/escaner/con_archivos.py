"""A reading that comes with pictures: a label that the server reads, or a delivery with its proof."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from envios.escaner.bloqueos import bloquear_escaneos
from envios.escaner.entregas import Entrega
from envios.escaner.errores import EscaneoNoEncontrado, FotoIlegible
from envios.escaner.esquemas import ResultadoEscaneo, SubidaConArchivos
from envios.escaner.estados import EstadoEscaneo
from envios.escaner.fotos import numero_en
from envios.escaner.modelos import FilaDeEscaneo
from envios.escaner.recibir import Juzgado, rechazar, recibir
from nucleo.actor import Actor
from nucleo.archivos import ImagenInvalida, Recibido, guardar_imagen
from nucleo.textos import gettext as _


def recibir_con_archivos(
    sesion: Session,
    actor: Actor,
    subida: SubidaConArchivos,
    foto: Recibido | None,
    firma: Recibido | None,
) -> Juzgado:
    """`recibir` one. A label that cannot be read is kept in its photo, for its worker to type the number."""
    escaneo = subida.escaneo
    if subida.entrega is not None:
        prueba = replace(subida.entrega.datos(), foto=foto, firma=firma)
        entrega = Entrega(subida.entrega.codigo_entrega, prueba)
        return recibir(sesion, actor, subida, [escaneo], entrega)[0]
    if not escaneo.numero and foto is not None:
        escaneo = escaneo.model_copy(update={"numero": numero_en(foto) or ""})
    (juzgado,) = recibir(sesion, actor, subida, [escaneo])
    if juzgado.resultado is ResultadoEscaneo.RECHAZADO and juzgado.fila is not None and foto is not None:
        _guardar_foto(sesion, juzgado.fila, foto)
    return juzgado


def _guardar_foto(sesion: Session, fila: FilaDeEscaneo, foto: Recibido) -> None:
    if fila.foto_archivo_id is None:
        try:
            with sesion.begin_nested():
                fila.foto_archivo_id = guardar_imagen(sesion, foto, duenio=fila.id)
                sesion.flush()
        except ImagenInvalida:
            bloquear_escaneos(sesion, [fila.id])
    if not fila.numero:
        rechazar(fila, FotoIlegible(_("No se pudo leer la etiqueta en la foto: escriba su número.")))
    sesion.flush()


def foto_de(sesion: Session, actor: Actor, escaneo_id: UUID) -> UUID:
    """The file of the photo of one's own reading. Raises `EscaneoNoEncontrado`."""
    fila = sesion.get(FilaDeEscaneo, escaneo_id)
    suya = fila is not None and fila.persona_id == actor.persona_id
    if fila is None or not suya or fila.foto_archivo_id is None or fila.estado != EstadoEscaneo.RECHAZADO:
        raise EscaneoNoEncontrado(_("Revise la lista: puede ser de otra persona o de otro teléfono."))
    return fila.foto_archivo_id
