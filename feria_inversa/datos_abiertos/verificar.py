"""`qhatu verify`: each act was told, what is kept beside the releases is what they say together, and the
documents of each process are those that it tells, to the byte; the files by month are in the public log.
"""

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from constancia import hashes_que_faltan
from feria_inversa.datos_abiertos import presentar
from feria_inversa.datos_abiertos.documentos import id_de_documento
from feria_inversa.datos_abiertos.fusion import fusionar
from feria_inversa.datos_abiertos.modelos import ActoPublico, CompiladoOcds, MesOcds
from feria_inversa.datos_abiertos.publicar import leer
from feria_inversa.documentos import documentos_de
from feria_inversa.documentos.modelos import Documento
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_SIN_RELEASE = text(
    "SELECT a.release_id FROM feria_acto_publico a LEFT JOIN feria_ocds_release r USING (release_id)"
    " WHERE r.release_id IS NULL AND a.hecho_en < nucleo_ahora() - interval '1 hour' ORDER BY 1 LIMIT :limite"
)
_DE_OTRO_SERVIDOR = text(
    "SELECT count(*) FROM feria_ocds_release WHERE transaccion >="
    " pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
)
_TODO = text(
    "SELECT r.ocid, r.contenido, c.contenido FROM feria_ocds_release r"
    " LEFT JOIN feria_ocds_compilado c USING (convocatoria_id) ORDER BY r.ocid, r.secuencia"
)


@comprueba("datos abiertos")
def verificar_datos_abiertos(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion = sesion.connection()
    sin_release = conexion.execute(_SIN_RELEASE, {"limite": FALTAS_MAXIMO})
    faltas = [f"el acto {release_id} no se publicó en datos abiertos" for (release_id,) in sin_release]
    if ajenas := conexion.execute(_DE_OTRO_SERVIDOR).scalar_one():
        faltas.append(f"{ajenas} publicaciones son de otro servidor: la lista de todas no las muestra")
    filas = conexion.execute(_TODO, execution_options={"yield_per": 500})
    for ocid, suyas in groupby(filas, itemgetter(0)):
        if len(faltas) >= FALTAS_MAXIMO:
            break
        fusion: dict[str, Any] = {}
        guardados = set()
        for _ocid, contenido, guardado in suyas:
            fusion = fusionar(fusion, leer(contenido))
            guardados.add(guardado)
        if [leer(guardado or "null") for guardado in guardados] != [fusion]:
            faltas.append(f"{ocid}: lo compilado no es lo que dicen sus publicaciones")
    return [*faltas, *islice(_sin_anotar(sesion), FALTAS_MAXIMO)]


def _sin_anotar(sesion: Session) -> Iterator[str]:
    """Months whose files, as they are, are not in the public log."""
    for filas in sesion.exec(select(MesOcds).execution_options(yield_per=500)).partitions():
        meses = {bytes.fromhex(mes.constancia): mes for mes in presentar.meses(sesion, filas)}
        for hoja in hashes_que_faltan(sesion, meses):
            de_quien = entidad.numero if (entidad := meses[hoja].entidad) else "todas"
            yield f"{meses[hoja].mes}, {de_quien}: el registro público no tiene estos archivos"


@comprueba("documentos de la feria")
def verificar_documentos(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    con_documentos = select(Documento.convocatoria_id).distinct()
    dicho = select(CompiladoOcds.secuencia).where(CompiladoOcds.convocatoria_id == Convocatoria.id)
    hecho = select(func.max(ActoPublico.secuencia)).where(ActoPublico.convocatoria_id == Convocatoria.id)
    publicados = select(Convocatoria).where(
        col(Convocatoria.id).in_(con_documentos), dicho.scalar_subquery() == hecho.scalar_subquery()
    )
    for proceso in sesion.exec(publicados.order_by(col(Convocatoria.cuce))):
        dichos = {d["id"]: d.get("description", "") for d in _dichos(sesion, proceso)}
        for documento in documentos_de(sesion, proceso.id):
            dicho = dichos.get(id_de_documento(proceso, documento.vigente.numero), "")
            if not dicho.endswith(documento.vigente.sha256):
                yield f"{proceso.cuce} no publicó así su documento {documento.vigente.numero}"


def _dichos(sesion: Session, proceso: Convocatoria) -> list[dict[str, Any]]:
    """The documents that the releases of a process tell of."""
    compilado = sesion.get_one(CompiladoOcds, proceso.id)
    documentos: list[dict[str, Any]] = leer(compilado.contenido)["tender"]["documents"]
    return documentos
