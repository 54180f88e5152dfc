"""What the fair publishes, as a dataset of the catalogue: an edition a month, of all the entities."""

from datetime import timedelta

from sqlmodel import Session, col, select

from constancia import hoja_de_archivos
from feria_inversa.datos_abiertos.escribir import Clase
from feria_inversa.datos_abiertos.meses import pagina_de, primer_dia
from feria_inversa.datos_abiertos.modelos import MesOcds
from nucleo.archivos import Huella, huellas_de
from nucleo.dcat import Archivo, Conjunto, Edicion, Frecuencia, Servicio, registrar
from nucleo.plantillas import filtro_fecha
from nucleo.textos import perezoso as _l

_JSONL = "https://jsonlines.org/"  # no media type of it is registered
_QUE_ES = {
    Clase.RELEASES: (_l("Publicaciones OCDS, una por línea"), _JSONL),
    Clase.COMPILADOS: (_l("Procesos compilados OCDS, uno por línea"), _JSONL),
    Clase.TABLAS: (_l("Procesos en tablas CSV"), "text/csv"),
}


def ediciones(sesion: Session) -> list[Edicion]:
    """A month each, the newest first."""
    de_todas = select(MesOcds).where(col(MesOcds.unidad_id).is_(None)).order_by(col(MesOcds.mes).desc())
    filas = list(sesion.exec(de_todas))
    huellas = huellas_de(sesion, [getattr(fila, clase.columna) for fila in filas for clase in Clase])
    return [_edicion(f, {c: huellas[getattr(f, c.columna)] for c in Clase}) for f in filas]


def _edicion(fila: MesOcds, huellas: dict[Clase, Huella]) -> Edicion:
    mes = f"{fila.mes:%Y-%m}"
    archivos = tuple(
        Archivo(
            ruta=f"ocds/meses/{mes}/{clase.value}",
            titulo=str(titulo),
            tipo=tipo,
            comprimido=clase.tipo,
            bytes=huellas[clase].tamano,
            sha256=huellas[clase].sha256,
        )
        for clase, (titulo, tipo) in _QUE_ES.items()
    )
    sha256 = {archivo.nombre: archivo.sha256 for archivo in archivos}
    return Edicion(
        id=mes,
        titulo=filtro_fecha(fila.mes, "MMMM 'de' y"),
        desde=fila.mes,
        hasta=primer_dia(fila.mes + timedelta(days=31)) - timedelta(days=1),
        hecha_en=fila.hecho_en,
        archivos=archivos,
        hoja=hoja_de_archivos(pagina_de(fila.mes, None), sha256),
    )


registrar(
    Conjunto(
        id="compras-del-estado",
        titulo=_l("Compras del Estado"),
        descripcion=_l(
            "Cada convocatoria de la feria inversa con lo que fue de ella: qué se pidió, quiénes ofertaron"
            " y a qué precio, a quién se adjudicó, qué se recibió y qué se pagó. Un proceso está en el mes"
            " en que se publicó. Estándar de Datos para las Contrataciones Abiertas (OCDS 1.1.5)."
        ),
        pagina="/feria/datos-abiertos",
        frecuencia=Frecuencia.HORARIA,
        palabras=(_l("contrataciones"), _l("compras públicas"), _l("precios"), "OCDS"),
        ediciones=ediciones,
        servicios=(
            Servicio(
                "ocds/releases.json",
                _l("Publicaciones OCDS, una tras otra"),
                _l("Cada acto de cada proceso, del más antiguo al más nuevo, por páginas."),
            ),
            Servicio(
                "ocds/records.json",
                _l("Procesos OCDS, con su estado"),
                _l("Cada proceso compilado, por páginas o por día de publicación; si cambia, va al final."),
            ),
            Servicio(
                "ocds/cambios.json",
                _l("Qué cambió en las compras del Estado"),
                _l("Qué proceso cambió, cuándo y dónde leerlo, desde donde uno se quedó."),
            ),
        ),
    )
)
