"""Serials: one locked counter row per scope, so that numbers are unique and without gaps; and that of the
country, which holds nobody and may have some.
"""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from feria_inversa.entidades.bloqueos import codigos_de_entidad, saltar_serie, un_cuce
from feria_inversa.entidades.cuce import Cuce, CuceInvalido
from feria_inversa.entidades.errores import CuceNoCorresponde, EjecutoraEnUso
from feria_inversa.entidades.modelos import EntidadContratante, UnidadEjecutora
from nucleo.errores import NoDisponible
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

_SIGUIENTE = text(
    "INSERT INTO feria_serie (ambito, ultimo) VALUES (:ambito, :cuantos) "
    "ON CONFLICT (ambito) DO UPDATE SET ultimo = feria_serie.ultimo + :cuantos RETURNING ultimo"
)
_SUBIR = text(
    "INSERT INTO feria_serie (ambito, ultimo) VALUES (:ambito, :serie) "
    "ON CONFLICT (ambito) DO UPDATE SET ultimo = :serie WHERE feria_serie.ultimo < :serie"
)
_NACIONAL = text("SELECT nextval('feria_cuce_serie')")
_DE_FUERA = text("SELECT ultimo FROM feria_serie WHERE ambito = 'cuce'")
# All its numbers up to one from outside, and one more: it is never set, so that it gives none twice.
_SALTAR = text(
    "SELECT max(nextval('feria_cuce_serie')) FROM generate_series("
    " (SELECT least(last_value, :hasta) FROM feria_cuce_serie), CAST(:hasta AS bigint))"
)
# The country's serial was at 1.678.000 in July 2026, some 110.000 a year: who writes one above this errs,
# and nobody may use up its seven digits for all.
SERIE_AJENA_MAX = 4_999_999
PRIMER_CODIGO_PROVISIONAL = 9900


def siguiente(sesion: Session, ambito: str) -> int:
    """The next serial of a scope; other transactions wait for this one to end."""
    return siguientes(sesion, ambito, 1)[0]


def siguientes(sesion: Session, ambito: str, cuantos: int) -> range:
    """So many of them at once."""
    parametros = {"ambito": ambito, "cuantos": cuantos}
    ultimo: int = sesion.connection().execute(_SIGUIENTE, parametros).scalar_one()
    return range(ultimo - cuantos + 1, ultimo + 1)


def serie_nacional(sesion: Session) -> int:
    """The next of the country's, above each one that came from outside. Nobody waits for who took one, since
    publishing is long; what is not published in the end leaves a gap, as SICOES does.
    """
    conexion = sesion.connection()
    numero: int = conexion.execute(_NACIONAL).scalar_one()
    while numero <= (de_fuera := conexion.execute(_DE_FUERA).scalar_one_or_none() or 0):
        saltar_serie(sesion)
        numero = conexion.execute(_SALTAR, {"hasta": de_fuera}).scalar_one()
    return numero


def entidad_contratante(
    sesion: Session, unidad_id: UUID, codigo_institucional: str | None
) -> EntidadContratante:
    """The entity's codes for its CUCE, fixed the first time: its institutional code, or a provisional one."""
    entidad = sesion.get(EntidadContratante, unidad_id)
    if entidad is not None:
        return entidad
    codigos_de_entidad(sesion)
    entidad = sesion.get(EntidadContratante, unidad_id)
    if entidad is None:
        entidad = _nueva_entidad(sesion, unidad_id, codigo_institucional)
        sesion.add(entidad)
        sesion.flush()
        sesion.add(_ejecutora(entidad, entidad.ejecutora, _("Unidad principal")))
        sesion.flush()
    return entidad


def _nueva_entidad(sesion: Session, unidad_id: UUID, codigo_institucional: str | None) -> EntidadContratante:
    oficial = (codigo_institucional or "").zfill(4)
    es_oficial = bool(codigo_institucional) and len(oficial) == 4 and int(oficial) < PRIMER_CODIGO_PROVISIONAL
    if es_oficial:
        usadas = sesion.exec(select(UnidadEjecutora.ejecutora).where(UnidadEjecutora.codigo == oficial)).all()
        libre = next((f"{n:02d}" for n in range(100) if f"{n:02d}" not in usadas), None)
        if libre is not None:
            return EntidadContratante(unidad_id=unidad_id, codigo=oficial, ejecutora=libre, provisional=False)
    codigo = PRIMER_CODIGO_PROVISIONAL - 1 + siguiente(sesion, "entidad:provisional")
    if codigo > 9999:
        raise NoDisponible(_("Se agotaron los códigos provisionales de entidad."))
    return EntidadContratante(unidad_id=unidad_id, codigo=str(codigo), provisional=True)


def ejecutoras_de(sesion: Session, unidad_id: UUID) -> list[UnidadEjecutora]:
    """The executing units that an entity has declared, by their code."""
    consulta = select(UnidadEjecutora).where(UnidadEjecutora.unidad_id == unidad_id)
    return list(sesion.exec(consulta.order_by(col(UnidadEjecutora.ejecutora))))


def agregar_ejecutora(
    sesion: Session, entidad: EntidadContratante, ejecutora: str, nombre: str
) -> UnidadEjecutora:
    """Raises `EjecutoraEnUso`, also when it is of another unit with the same institutional code."""
    codigos_de_entidad(sesion)
    consulta = select(UnidadEjecutora).where(
        UnidadEjecutora.codigo == entidad.codigo, UnidadEjecutora.ejecutora == ejecutora
    )
    if sesion.exec(consulta).first() is not None:
        detalle = _("La unidad ejecutora {} ya está declarada.").format(ejecutora)
        raise EjecutoraEnUso(detalle, campos={"ejecutora": detalle})
    fila = _ejecutora(entidad, ejecutora, nombre)
    sesion.add(fila)
    sesion.flush()
    return fila


def _ejecutora(entidad: EntidadContratante, ejecutora: str, nombre: str) -> UnidadEjecutora:
    return UnidadEjecutora(
        unidad_id=entidad.unidad_id, ejecutora=ejecutora, codigo=entidad.codigo, nombre=nombre
    )


def _exigir_ejecutora(sesion: Session, entidad: EntidadContratante, ejecutora: str, campo: str) -> None:
    if sesion.get(UnidadEjecutora, (entidad.unidad_id, ejecutora)) is None:
        detalle = _("La entidad no declaró la unidad ejecutora {}.").format(ejecutora)
        raise CuceNoCorresponde(detalle, campos={campo: detalle})


def nuevo_cuce(
    sesion: Session, entidad: EntidadContratante, gestion: int, ejecutora: str | None = None
) -> Cuce:
    """The CUCE of a new call of the entity, or of one of its executing units, in a Bolivian year. The serial
    is of the country's. Raises `CuceNoCorresponde`.
    """
    unidad = ejecutora or entidad.ejecutora
    _exigir_ejecutora(sesion, entidad, unidad, "ejecutora")
    return Cuce(gestion=gestion, entidad=entidad.codigo, unidad=unidad, serie=serie_nacional(sesion))


def cuce_dado(sesion: Session, entidad: EntidadContratante, texto: str) -> Cuce:
    """The CUCE that a process of the entity has in SICOES, as it is; our serial goes on above it.

    Raises `CuceNoCorresponde`: no CUCE, of another entity or of an executing unit that it did not declare.
    """
    try:
        cuce = Cuce.leer(texto)
    except CuceInvalido as error:
        detalle = _("Escriba el CUCE como está en SICOES: 24-1312-00-1416504-1-1.")
        raise CuceNoCorresponde(detalle, campos={"cuce": detalle}) from error
    if entidad.provisional or cuce.entidad != entidad.codigo:
        detalle = _("Ese CUCE es de la entidad {suya}; el código de la suya es {propia}.").format(
            suya=cuce.entidad,
            propia=_("provisional") if entidad.provisional else entidad.codigo,
        )
        raise CuceNoCorresponde(detalle, campos={"cuce": detalle})
    if cuce.serie > SERIE_AJENA_MAX:
        detalle = _("La serie nacional todavía no llega a {}.").format(cuce.serie)
        raise CuceNoCorresponde(detalle, campos={"cuce": detalle})
    _exigir_ejecutora(sesion, entidad, cuce.unidad, "cuce")
    un_cuce(sesion, str(cuce))
    sesion.connection().execute(_SUBIR, {"ambito": "cuce", "serie": cuce.serie})
    return cuce


def nuevos_numeros_de_orden(sesion: Session, cuce: Cuce, gestion: int, cuantos: int) -> list[str]:
    """`OC-2026-1201-00-00001`: purchase orders run by executing unit and year, as their own books do."""
    series = siguientes(sesion, f"orden:{gestion}:{cuce.entidad}:{cuce.unidad}", cuantos)
    return [f"OC-{gestion}-{cuce.entidad}-{cuce.unidad}-{serie:05d}" for serie in series]


def nuevo_numero_de_compra(sesion: Session, unidad_id: UUID, ejecutora: str) -> str:
    """`CC-2026-1201-00-00001`: purchases from the catalogue run as purchase orders do."""
    entidad = sesion.get_one(EntidadContratante, unidad_id)
    gestion = fecha_bolivia(ahora_bd(sesion)).year
    serie = siguiente(sesion, f"catalogo:{gestion}:{entidad.codigo}:{ejecutora}")
    return f"CC-{gestion}-{entidad.codigo}-{ejecutora}-{serie:05d}"
