"""From rows of calls to what the API answers."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import lugares, unidades_en_lote
from feria_inversa.actos import actas_de_versiones
from feria_inversa.documentos import Version, documentos_de
from feria_inversa.entidades import unidad_breve
from feria_inversa.procesos.consultas import como_esta, modalidades_por_id
from feria_inversa.procesos.esquemas import (
    ConvocatoriaResumen,
    DocumentoSalida,
    ModalidadSalida,
    PreciosAdjudicadosSalida,
    VersionDeDocumento,
    VersionSalida,
    VinculoSalida,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.precios_pasados import PreciosPasados
from feria_inversa.procesos.sucesion import anterior_de, relacion, siguientes_de
from feria_inversa.reglas import Reglas
from nucleo.configuracion import ajustes


def resumenes(sesion: Session, convocatorias: Sequence[Convocatoria]) -> list[ConvocatoriaResumen]:
    """A list of calls, with the names that go with their codes, in three queries."""
    entidades = unidades_en_lote(sesion, [c.unidad_id for c in convocatorias])
    reglas = modalidades_por_id(sesion, convocatorias)
    sitios = lugares(sesion, [c.municipio_ine for c in convocatorias])
    return [
        ConvocatoriaResumen(
            id=c.id,
            cuce=c.cuce,
            ocid=c.ocid,
            titulo=c.titulo,
            estado=como_esta(c),
            categoria=c.categoria,
            entidad=unidad_breve(entidades[c.unidad_id]),
            municipio_ine=c.municipio_ine,
            municipio=sitios.get(c.municipio_ine, ""),
            modalidad=reglas[c.modalidad_id].codigo if c.modalidad_id else None,
            monto_referencial=c.monto_referencial,
            publicado_en=c.publicado_en,
            vence_en=c.vence_en,
        )
        for c in convocatorias
    ]


def modalidad(regla: Reglas | None) -> ModalidadSalida | None:
    if regla is None:
        return None
    return ModalidadSalida(
        codigo=regla.codigo,
        nombre=regla.nombre,
        norma=regla.norma,
        confirmado=regla.confirmado,
        dias_habiles_minimos=regla.dias_minimos,
    )


def versiones_de(sesion: Session, convocatoria_id: UUID) -> list[VersionSalida]:
    """How a published process changed, in order."""
    actas = [(acta, json.loads(acta.contenido)) for acta in actas_de_versiones(sesion, convocatoria_id)]
    return [
        VersionSalida.model_validate(
            {
                "version": acta.version,
                "clase": acta.clase,
                "motivo": dicho["motivo"],
                "cambio": list(dicho["antes"]),
                "hecha_en": acta.hecha_en,
                "hecha_por": acta.hecha_por,
                "acta": acta.numero,
                "huella": acta.huella,
            }
        )
        for acta, dicho in actas
    ]


def vinculos_de(
    sesion: Session, convocatoria: Convocatoria, *, borradores: bool = False
) -> tuple[VinculoSalida | None, list[VinculoSalida]]:
    """The process that it follows, and those that follow it; the drafts among these are for its entity."""
    anterior = anterior_de(sesion, convocatoria)
    siguientes = siguientes_de(sesion, convocatoria.id, borradores=borradores)
    return (
        _vinculo(anterior, relacion(anterior, convocatoria)) if anterior else None,
        [_vinculo(siguiente, relacion(convocatoria, siguiente)) for siguiente in siguientes],
    )


def _vinculo(fila: Convocatoria, como: str) -> VinculoSalida:
    return VinculoSalida.model_validate(
        {campo: getattr(fila, campo) for campo in ("id", "cuce", "ocid", "titulo")} | {"relacion": como}
    )


def documentos_salida(sesion: Session, convocatoria_id: UUID) -> list[DocumentoSalida]:
    """The documents of a process, each with the versions that were public before."""
    return [
        DocumentoSalida(
            numero=documento.vigente.numero,
            clase=documento.vigente.clase,
            anteriores=[VersionDeDocumento(**_version(convocatoria_id, v)) for v in documento.anteriores],
            **_version(convocatoria_id, documento.vigente),
        )
        for documento in documentos_de(sesion, convocatoria_id)
    ]


def _version(convocatoria_id: UUID, version: Version) -> dict[str, Any]:
    return {
        "version": version.version,
        "desde_version": version.desde_version,
        "titulo": version.titulo,
        "huella": version.sha256,
        "recibido": version.recibido,
        "bytes": version.tamano,
        "subido_en": version.subido_en,
        "subido_por": version.subido_por,
        "url": url_de_documento(convocatoria_id, version),
    }


def url_de_documento(convocatoria_id: UUID, version: Version) -> str:
    """Where a version of a document is, for whoever may see its process."""
    base = ajustes().url_publica
    return f"{base}/feria/{convocatoria_id}/documentos/{version.numero}/{version.version}"


def precios_adjudicados(hallados: PreciosPasados) -> PreciosAdjudicadosSalida:
    if hallados.precios is None:
        return PreciosAdjudicadosSalida(veces=hallados.veces, suficientes=False)
    dichos = asdict(hallados.precios)
    return PreciosAdjudicadosSalida(veces=dichos.pop("precios"), suficientes=True, **dichos)
