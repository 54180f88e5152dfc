"""The registry as open data: how many units there are, where, of what activity and kind."""

from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import Session, col, select

from empresa_digital.registro.catalogos import departamentos, nombres_de_actividades
from empresa_digital.registro.catalogos.modelos import Actividad
from empresa_digital.registro.unidades import EstadoUnidad
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.dcat import Conjunto, Frecuencia, K, TablaAbierta, callar_pocos, registrar
from nucleo.textos import perezoso as _l

COLUMNAS = {
    "nivel": _l("Qué cuenta la fila: el país, un departamento, una actividad en él o una clase de unidad."),
    "departamento_ine": _l("Código INE del departamento; vacío en la fila del país."),
    "departamento": _l("Su nombre."),
    "seccion": _l("Sección de la CIIU Rev. 4 a la que pertenece la actividad principal."),
    "actividad": _l("Su nombre."),
    "tipo": _l("Clase de unidad."),
    "unidades": _l(
        "Unidades inscritas hoy. Una fila de menos de 5 no está, ni las que harían falta para calcularla"
        " con su total: lo que falta para un total es de filas que no están."
    ),
}
_NIVELES = ("pais", "departamento", "actividad", "tipo")


def _filas(sesion: Session) -> Iterator[tuple[str | int, ...]]:
    """Each sum before its parts."""
    lugar = func.left(col(UnidadEconomica.municipio_ine), 2)
    consulta = (
        select(lugar, col(Actividad.seccion), col(UnidadEconomica.tipo), func.count())
        .join(Actividad, col(Actividad.codigo) == UnidadEconomica.actividad_ciiu)
        .where(UnidadEconomica.estado == EstadoUnidad.INSCRITA)
        .group_by(lugar, col(Actividad.seccion), col(UnidadEconomica.tipo))
    )
    cuentas: dict[tuple[str, ...], int] = {
        (ine, seccion, tipo.value): n for ine, seccion, tipo, n in sesion.exec(consulta)
    }
    nombres = {d.ine: d.nombre for d in departamentos(sesion)}
    actividades = nombres_de_actividades(sesion, {seccion for _ine, seccion, _tipo in cuentas})
    for clave, cuantas in callar_pocos(cuentas).items():
        ine, seccion, tipo = (*clave, "", "", "")[:3]
        yield (
            _NIVELES[len(clave)],
            ine,
            nombres.get(ine, ""),
            seccion,
            actividades.get(seccion, ""),
            tipo.lower(),
            cuantas,
        )


registrar(
    Conjunto(
        id="registro-de-unidades",
        titulo=_l("Registro de unidades económicas"),
        descripcion=_l(
            "Cuántas empresas, cooperativas, comunidades, personas con negocio y entidades están inscritas"
            " hoy, por departamento, actividad y clase."
        ),
        pagina="/unidades",
        frecuencia=Frecuencia.DIARIA,
        palabras=(_l("empresas"), _l("registro"), _l("actividad económica"), "CIIU"),
        tabla=TablaAbierta(COLUMNAS, _filas),
        minimo=K,
    )
)
