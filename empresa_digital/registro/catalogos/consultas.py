"""Look-ups in the reference tables: places, activities, legal forms."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from empresa_digital.registro.catalogos.modelos import Actividad, Departamento, FormaLegal, Municipio
from empresa_digital.registro.catalogos.tipos import TipoUnidad
from nucleo.lectores import para_buscar
from nucleo.memoria import Memoria


def municipio(sesion: Session, ine: str | None) -> Municipio | None:
    """The municipality with this INE code (DDPPMM), if there is one."""
    return None if ine is None else sesion.get(Municipio, ine)


def actividad(sesion: Session, codigo: str | None) -> Actividad | None:
    """The CIIU section, division or class with this code, if there is one."""
    return None if codigo is None else sesion.get(Actividad, codigo)


def forma_legal(sesion: Session, codigo: str | None) -> FormaLegal | None:
    return None if codigo is None else sesion.get(FormaLegal, codigo)


def departamentos(sesion: Session) -> Sequence[Departamento]:
    return sesion.exec(select(Departamento).order_by(col(Departamento.ine))).all()


def departamento(sesion: Session, ine: str | None) -> Departamento | None:
    """The department of an INE code of any length («02», «0201», «020101»)."""
    return None if ine is None else sesion.get(Departamento, ine[:2])


def lugar(sesion: Session, ine: str | None) -> str:
    """«Cotoca, Santa Cruz»; empty when there is no such place."""
    return lugares(sesion, [ine]).get(ine or "", "")


def lugares(sesion: Session, codigos: Iterable[str | None]) -> dict[str, str]:
    """`lugar` of many codes."""
    todos = _nombres.obtener("lugares", lambda: _leer_lugares(sesion))
    return {c: todos[c] for c in codigos if c and c in todos}


def nombres_de_actividades(sesion: Session, codigos: Iterable[str | None]) -> dict[str, str]:
    todos = _nombres.obtener("actividades", lambda: _leer_actividades(sesion))
    return {c: todos[c] for c in codigos if c and c in todos}


# Some hundreds of names that change with a migration, not with use.
_nombres: Memoria[str, dict[str, str]] = Memoria(segundos=300, maximo=2)


def _leer_lugares(sesion: Session) -> dict[str, str]:
    consulta = select(Municipio.ine, Municipio.nombre, Departamento.nombre).join(
        Departamento, col(Departamento.ine) == col(Municipio.departamento_ine)
    )
    return {ine: f"{nombre}, {depto}" for ine, nombre, depto in sesion.exec(consulta)}


def _leer_actividades(sesion: Session) -> dict[str, str]:
    return dict(sesion.exec(select(Actividad.codigo, Actividad.nombre)).all())


def municipios(sesion: Session, q: str = "", departamento_ine: str | None = None) -> Sequence[Municipio]:
    """The municipalities in force, by name; of one department, or whose name contains `q` without accents."""
    q = para_buscar(q)
    consulta = select(Municipio).where(col(Municipio.vigente_hasta).is_(None))
    if departamento_ine:
        consulta = consulta.where(col(Municipio.departamento_ine) == departamento_ine)
    if q:
        patron = "%" + _literal(q) + "%"
        consulta = consulta.where(
            or_(
                func.nucleo_sin_acentos(Municipio.nombre).like(func.nucleo_sin_acentos(patron)),
                func.nucleo_sin_acentos(Municipio.otro_nombre).like(func.nucleo_sin_acentos(patron)),
                col(Municipio.ine).startswith(q, autoescape=True),
            )
        )
    return sesion.exec(consulta.order_by(col(Municipio.departamento_ine), col(Municipio.nombre))).all()


def actividades(sesion: Session, q: str = "", nivel: str = "clase") -> Sequence[Actividad]:
    """Activities of one level by code; those whose code starts with `q` or whose name has all its words."""
    q = para_buscar(q)
    consulta = select(Actividad).where(col(Actividad.nivel) == nivel, col(Actividad.vigente_hasta).is_(None))
    if q.strip():
        documento = func.to_tsvector("registro_es", Actividad.nombre)
        consulta = consulta.where(
            or_(
                col(Actividad.codigo).startswith(q.strip(), autoescape=True),
                documento.op("@@")(func.plainto_tsquery("registro_es", q)),
                func.nucleo_sin_acentos(Actividad.nombre).like(
                    func.nucleo_sin_acentos("%" + _literal(q.strip()) + "%")
                ),
            )
        )
    return sesion.exec(consulta.order_by(col(Actividad.codigo))).all()


def formas_legales(sesion: Session, tipo: TipoUnidad | None = None) -> Sequence[FormaLegal]:
    """The legal forms, commonest first; those that a kind of unit may take if `tipo` is given."""
    consulta = select(FormaLegal).where(col(FormaLegal.vigente_hasta).is_(None))
    if tipo is not None:
        consulta = consulta.where(col(FormaLegal.tipos).contains([tipo.value]))
    return sesion.exec(consulta.order_by(col(FormaLegal.orden))).all()


def _literal(texto: str) -> str:
    """The text with the wildcards of LIKE escaped."""
    return texto.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
