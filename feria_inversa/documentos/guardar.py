"""Write a version of a document. Who may, and when, is its process's to say (`procesos`)."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, delete, func, select

from feria_inversa.documentos.clases import Clase
from feria_inversa.documentos.consultas import documentos_de
from feria_inversa.documentos.dbc import DatosDelDbc, hacer_dbc
from feria_inversa.documentos.errores import DocumentoNoEncontrado
from feria_inversa.documentos.modelos import DOCUMENTOS_MAXIMOS, VERSIONES_MAXIMAS, Documento
from feria_inversa.documentos.pedidos import pedidos_de, poner_pedidos, quitar_pedidos
from nucleo.actor import Autorizacion
from nucleo.archivos import Recibido, bytes_de, dibujar_documento, guardar_pdf
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class DocumentoNuevo:
    """A document as it will be kept. With `numero`, another version of that one."""

    clase: Clase
    titulo: str
    contenido: bytes
    recibido: str | None
    numero: int | None = None


def leer_documento(
    clase: Clase, titulo: str, recibido: Recibido, numero: int | None = None
) -> DocumentoNuevo:
    """A PDF that somebody sent, drawn again: slow, so nothing is locked yet. Raises `DocumentoInvalido`."""
    return DocumentoNuevo(clase, titulo, dibujar_documento(recibido), recibido.huella().hex(), numero)


def agregar_dbc(
    sesion: Session, autorizacion: Autorizacion, convocatoria_id: UUID, datos: DatosDelDbc
) -> Documento:
    """The DBC of a version of a locked process, written from what it froze."""
    nuevo = DocumentoNuevo(Clase.DBC, "Documento base de contratación (DBC)", hacer_dbc(datos), None)
    return agregar(sesion, autorizacion, convocatoria_id, datos.version, nuevo)


def agregar(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria_id: UUID,
    desde_version: int,
    nuevo: DocumentoNuevo,
) -> Documento:
    """The next version of a document of a locked process, or one more document."""
    numero, version = _lugar(sesion, convocatoria_id, nuevo)
    fila = Documento(
        id=nuevo_id(),
        convocatoria_id=convocatoria_id,
        numero=numero,
        version=version,
        desde_version=desde_version,
        clase=nuevo.clase,
        titulo=nuevo.titulo,
        archivo_id=guardar_pdf(sesion, nuevo.contenido, duenio=convocatoria_id),
        recibido=nuevo.recibido,
        subido_por=autorizacion.actor.nombre,
        mandato_id=autorizacion.mandato_id,
    )
    sesion.add(fila)
    sesion.flush()
    return fila


def copiar(sesion: Session, autorizacion: Autorizacion, anterior_id: UUID, siguiente_id: UUID) -> None:
    """Put in a draft what the process that it follows asked to present, and the documents that it had."""
    pedidos = pedidos_de(sesion, anterior_id)
    poner_pedidos(sesion, siguiente_id, [(pedido.nombre, pedido.subsanable) for pedido in pedidos])
    for vigente in (documento.vigente for documento in documentos_de(sesion, anterior_id)):
        if vigente.clase != Clase.DBC:
            contenido = bytes_de(sesion, vigente.archivo_id)
            nuevo = DocumentoNuevo(vigente.clase, vigente.titulo, contenido, vigente.recibido)
            agregar(sesion, autorizacion, siguiente_id, 1, nuevo)


def _lugar(sesion: Session, convocatoria_id: UUID, nuevo: DocumentoNuevo) -> tuple[int, int]:
    """The number and the version that it takes. Raises `DatosInvalidos`, `DocumentoNoEncontrado`."""
    consulta = select(Documento.numero, func.max(Documento.version))
    suyas = consulta.where(Documento.convocatoria_id == convocatoria_id).group_by(col(Documento.numero))
    ultimas = dict(sesion.exec(suyas).all())
    if nuevo.clase == Clase.DBC:
        return 0, ultimas.get(0, 0) + 1
    if nuevo.numero is None:
        libres = (n for n in range(1, DOCUMENTOS_MAXIMOS + 1) if n not in ultimas)
        if (numero := next(libres, None)) is None:
            raise DatosInvalidos(_("Una convocatoria admite hasta {} documentos.").format(DOCUMENTOS_MAXIMOS))
        return numero, 1
    if not nuevo.numero or nuevo.numero not in ultimas:
        raise DocumentoNoEncontrado
    if ultimas[nuevo.numero] == VERSIONES_MAXIMAS:
        raise DatosInvalidos(_("Un documento admite hasta {} versiones.").format(VERSIONES_MAXIMAS))
    return nuevo.numero, ultimas[nuevo.numero] + 1


def quitar(sesion: Session, convocatoria_id: UUID, numero: int) -> None:
    """Take a document out of a locked draft, with all its versions. Raises `DocumentoNoEncontrado`."""
    suyas = col(Documento.convocatoria_id) == convocatoria_id, col(Documento.numero) == numero
    if not sesion.execute(delete(Documento).where(*suyas)).rowcount:  # type: ignore[attr-defined]
        raise DocumentoNoEncontrado


def quitar_todos(sesion: Session, convocatoria_id: UUID) -> None:
    """With a draft, its documents and those that it asks for."""
    quitar_pedidos(sesion, convocatoria_id)
    sesion.execute(delete(Documento).where(col(Documento.convocatoria_id) == convocatoria_id))
