"""The dated rules of contracting: which modality a total takes, and from when a call may close."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, or_, select

from feria_inversa.reglas.dias import dia_de_cierre, exigir_dia_habil
from feria_inversa.reglas.errores import ModalidadNoCorresponde, PlazoInsuficiente
from feria_inversa.reglas.modelos import Modalidad, Norma, Regla
from feria_inversa.reglas.valores import Clave, Reglas, Valor
from nucleo.dinero import formato_bs
from nucleo.ids import nuevo_id
from nucleo.plazos import Computo, Plazo, Unidad, calendario, correr, ofrece_plazos
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import ngettext

GENERAL = "NB-SABS"
"""The body of norms of whoever names no other."""


def vigentes(sesion: Session, dia: date, norma: str | None = None) -> dict[UUID, Reglas]:
    """The modalities in force on a day (of a body of norms), by their id, from the smallest amounts up."""
    hasta = col(Regla.vigente_hasta)
    consulta = (
        select(Modalidad, Norma.nombre, Regla)
        .join(Norma, col(Norma.codigo) == Modalidad.norma)
        .join(Regla, col(Regla.modalidad_id) == Modalidad.id)
        .where(col(Regla.vigente_desde) <= dia, or_(hasta.is_(None), hasta >= dia))
        .order_by(
            col(Modalidad.codigo), col(Modalidad.norma) != GENERAL, col(Modalidad.norma), col(Regla.clave)
        )
    )
    if norma is not None:
        consulta = consulta.where(Modalidad.norma == norma)
    modalidades: dict[UUID, tuple[Modalidad, str]] = {}
    valores: dict[UUID, dict[Clave, Valor]] = {}
    for modalidad, nombre, regla in sesion.exec(consulta):
        modalidades[modalidad.id] = modalidad, nombre
        valores.setdefault(modalidad.id, {})[Clave(regla.clave)] = Valor(
            regla.valor, regla.confirmado, regla.fuente, regla.nota, regla.vigente_desde, regla.vigente_hasta
        )
    todas = {
        id_: Reglas(m.codigo, m.nombre, norma, m.metodo_ocds, valores[id_])
        for id_, (m, norma) in modalidades.items()
    }
    return dict(sorted(todas.items(), key=lambda par: _piso(par[1])))


def _piso(reglas: Reglas) -> int:
    piso = reglas.valores.get(Clave.MONTO_DESDE)
    return piso.valor if piso is not None else 0


def modalidad_para(
    sesion: Session, total: Money, dia: date, codigo: str | None = None, norma: str | None = None
) -> tuple[UUID, Reglas]:
    """The modality of a reference total; with `codigo`, that one (of that body of norms) if it admits it.

    Raises `ModalidadNoCorresponde`, naming the one that does.
    """
    generales = vigentes(sesion, dia, norma or GENERAL) if codigo is not None else {}
    return elegir_modalidad(vigentes(sesion, dia, norma), generales, total, codigo)


def elegir_modalidad(
    posibles: Mapping[UUID, Reglas], generales: Mapping[UUID, Reglas], total: Money, codigo: str | None
) -> tuple[UUID, Reglas]:
    """`modalidad_para` of those already read: of all the norms, and of the general ones."""
    adecuadas = {id_: r for id_, r in posibles.items() if r.admite(total)}
    # Without a choice, the rule of the norm: the one with the longest minimum, never a practice one.
    sugerida = max(adecuadas.items(), key=lambda par: par[1].dias_minimos, default=None)
    if sugerida is None:
        raise ModalidadNoCorresponde(
            _("Ninguna modalidad vigente admite un total de {}.").format(formato_bs(total))
        )
    if codigo is None:
        return sugerida
    # A code is the one of the general norms, if they have it: never another norm's that bounds no amount.
    if any(reglas.codigo == codigo for reglas in generales.values()):
        adecuadas = {id_: reglas for id_, reglas in adecuadas.items() if id_ in generales}
    elegida = next((par for par in adecuadas.items() if par[1].codigo == codigo), None)
    if elegida is None:
        detalle = _("Con un total de {total} corresponde {codigo} ({nombre}).").format(
            total=formato_bs(total), codigo=sugerida[1].codigo, nombre=sugerida[1].nombre
        )
        raise ModalidadNoCorresponde(detalle, campos={"modalidad": detalle})
    return elegida


def opciones_de_modalidad(sesion: Session, dia: date) -> list[tuple[str, str]]:
    """Of those in force, one for each code, whichever the norms that have it."""
    return sorted({r.codigo: f"{r.codigo} · {r.nombre}" for r in vigentes(sesion, dia).values()}.items())


def plazo_para_ofertar(reglas: Reglas) -> Plazo:
    """The working days that bidders have at least, as a term of the legal clock."""
    return _plazo(reglas, Clave.DIAS_MINIMOS, "ofertar", _("Presentar ofertas: {}").format(reglas.nombre))


def plazo_para_impugnar(reglas: Reglas) -> Plazo:
    """The working days in which an award may be contested."""
    return _plazo(
        reglas,
        Clave.DIAS_IMPUGNACION,
        "impugnar",
        _("Impugnar la adjudicación: {}").format(reglas.nombre),
    )


def plazo_para_documentos(reglas: Reglas) -> Plazo:
    """The working days that who won has at least to bring its documents."""
    return _plazo(
        reglas,
        Clave.DIAS_DOCUMENTOS,
        "documentos",
        _("Presentar los documentos para contratar: {}").format(reglas.nombre),
    )


def _plazo(reglas: Reglas, clave: Clave, verbo: str, nombre: str) -> Plazo:
    valor = reglas.valores[clave]
    hasta = valor.vigente_hasta
    return Plazo(
        codigo=f"feria.{verbo}_{reglas.codigo.lower()}",
        nombre=nombre,
        valor=valor.valor,
        unidad=Unidad.DIAS_HABILES,
        norma=valor.fuente,
        confirmado=valor.confirmado,
        nota=valor.nota,
        vigente_desde=valor.vigente_desde,
        vigente_hasta=None if hasta is None else hasta + timedelta(days=1),
    )


@ofrece_plazos("feria_inversa.modalidades")
def plazos_de_las_modalidades(sesion: Session, dia: date) -> Iterator[Plazo]:
    """What the modalities in force give to bid and to contest."""
    for reglas in vigentes(sesion, dia).values():
        if reglas.dias_minimos:
            yield plazo_para_ofertar(reglas)
        if reglas.dias_impugnacion:
            yield plazo_para_impugnar(reglas)
        if reglas.dias_documentos:
            yield plazo_para_documentos(reglas)


def cuenta_para_ofertar(
    sesion: Session, reglas: Reglas, publicacion: datetime, municipio_ine: str | None
) -> Computo | None:
    """The minimum to bid, day by day, at the place of the entity; None when there is none."""
    if not reglas.dias_minimos:
        return None
    return correr(sesion, plazo_para_ofertar(reglas), publicacion, [municipio_ine])


def dia_minimo_de_cierre(
    sesion: Session, reglas: Reglas, publicacion: datetime, municipio_ine: str | None
) -> date:
    """The first day on which a call published at that instant, by an entity of that municipality, may close;
    without a minimum, the same day or, if acts fall on working days, the next one that is. Raises
    `LugarDesconocido`.
    """
    computo = cuenta_para_ofertar(sesion, reglas, publicacion, municipio_ine)
    if computo is not None:
        assert computo.ultimo_dia is not None
        return computo.ultimo_dia
    hoy, sitio = fecha_bolivia(publicacion), municipio_ine or ""
    actual = calendario(sesion)
    if not reglas.exige(Clave.ACTOS_HABILES) or actual.es_habil(hoy, [sitio]):
        return hoy
    return actual.siguiente_habil(hoy, [sitio])


def exigir_plazo(
    sesion: Session,
    reglas: Reglas,
    publicacion: datetime,
    vence_en: datetime,
    municipio_ine: str | None,
) -> None:
    """Raise `PlazoInsuficiente` unless the call closes after publication and its minimum of working days,
    whole, and on a working day of the entity's place (`DiaInhabil`).

    A minimum that no norm confirms is told to who publishes, and does not keep them from it.
    """
    if vence_en <= publicacion:
        detalle = _("El cierre debe ser posterior a la publicación.")
        raise PlazoInsuficiente(detalle, campos={"vence_en": detalle})
    exigir_dia_habil(sesion, reglas, dia_de_cierre(vence_en), municipio_ine, "vence_en")
    if not reglas.exige(Clave.DIAS_MINIMOS):
        return
    minimo = dia_minimo_de_cierre(sesion, reglas, publicacion, municipio_ine)
    if dia_de_cierre(vence_en) < minimo:
        detalle = ngettext(
            "La modalidad {codigo} exige al menos {dias} día hábil: el cierre puede ser desde el {fecha}.",
            "La modalidad {codigo} exige al menos {dias} días hábiles: el cierre puede ser desde el {fecha}.",
            reglas.dias_minimos,
        ).format(codigo=reglas.codigo, dias=reglas.dias_minimos, fecha=minimo.strftime("%d/%m/%Y"))
        raise PlazoInsuficiente(detalle, campos={"vence_en": detalle})


def agregar_modalidad(
    sesion: Session,
    modalidad_id: UUID,
    norma: str,
    codigo: str,
    nombre: str,
    metodo_ocds: str,
    valores: Mapping[Clave, Valor],
) -> bool:
    """Write a modality of a norm with its values; False when it is there."""
    if sesion.get(Modalidad, modalidad_id) is not None:
        return False
    sesion.add(Modalidad(id=modalidad_id, codigo=codigo, nombre=nombre, norma=norma, metodo_ocds=metodo_ocds))
    sesion.flush()
    for clave, valor in valores.items():
        agregar_valor(sesion, modalidad_id, clave, valor)
    return True


def agregar_valor(sesion: Session, modalidad_id: UUID, clave: Clave, valor: Valor) -> None:
    """Write a value of a modality. The database refuses it while another one is in force."""
    sesion.add(
        Regla(
            id=nuevo_id(),
            modalidad_id=modalidad_id,
            clave=clave,
            **{campo: getattr(valor, campo) for campo in Valor.__dataclass_fields__},
        )
    )
    sesion.flush()


def agregar_norma(sesion: Session, codigo: str, nombre: str) -> None:
    """Write a body of norms, if it is not there."""
    if sesion.get(Norma, codigo) is None:
        sesion.add(Norma(codigo=codigo, nombre=nombre))
        sesion.flush()
