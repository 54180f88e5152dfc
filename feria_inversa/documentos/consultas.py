"""Reads of the documents of a process."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.documentos.clases import NOMBRES, Clase
from feria_inversa.documentos.errores import DocumentoNoEncontrado
from feria_inversa.documentos.modelos import Documento
from nucleo.archivos import huellas_de


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document, with what its bytes are."""

    numero: int
    version: int
    desde_version: int
    clase: Clase
    titulo: str
    archivo_id: UUID
    sha256: str
    tamano: int
    recibido: str | None
    subido_en: datetime
    subido_por: str

    @property
    def que_es(self) -> str:
        return str(NOMBRES[self.clase])


@dataclass(frozen=True, slots=True)
class Publicado:
    """A document as it holds, and the versions that were public before it, the last one first."""

    vigente: Version
    anteriores: tuple[Version, ...]

    @property
    def primera(self) -> Version:
        return self.anteriores[-1] if self.anteriores else self.vigente


def _versiones(sesion: Session, convocatoria_id: UUID) -> list[Version]:
    consulta = select(Documento).where(Documento.convocatoria_id == convocatoria_id)
    filas = sesion.exec(consulta.order_by(col(Documento.numero), col(Documento.version))).all()
    huellas = huellas_de(sesion, [fila.archivo_id for fila in filas]) if filas else {}
    return [
        Version(
            fila.numero,
            fila.version,
            fila.desde_version,
            Clase(fila.clase),
            fila.titulo,
            fila.archivo_id,
            huellas[fila.archivo_id].sha256,
            huellas[fila.archivo_id].tamano,
            fila.recibido,
            fila.subido_en,
            fila.subido_por,
        )
        for fila in filas
    ]


def documentos_de(sesion: Session, convocatoria_id: UUID) -> list[Publicado]:
    """The documents of a process in order, with the versions that were public: of those that one version of
    the process brought, the last."""
    por_numero: dict[int, dict[int, Version]] = {}
    for version in _versiones(sesion, convocatoria_id):
        por_numero.setdefault(version.numero, {})[version.desde_version] = version
    publicados = []
    for suyas in por_numero.values():
        *antes, vigente = suyas.values()
        publicados.append(Publicado(vigente, tuple(reversed(antes))))
    return publicados


def version_publica(sesion: Session, convocatoria_id: UUID, numero: int, version: int) -> Version:
    """A version of a document that its process brought to light. Raises `DocumentoNoEncontrado`."""
    for documento in documentos_de(sesion, convocatoria_id):
        for cada in (documento.vigente, *documento.anteriores):
            if (cada.numero, cada.version) == (numero, version):
                return cada
    raise DocumentoNoEncontrado


def retrato_de(sesion: Session, convocatoria_id: UUID) -> list[dict[str, Any]]:
    """The documents that its entity brought and hold, as the act of a version freezes them; the DBC says no
    more than the act does."""
    vigentes = [d.vigente for d in documentos_de(sesion, convocatoria_id) if d.vigente.clase != Clase.DBC]
    return [
        {"numero": v.numero, "version": v.version, "clase": v.clase, "titulo": v.titulo, "huella": v.sha256}
        for v in vigentes
    ]
