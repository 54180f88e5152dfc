"""Errors of the annual plans."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class PlanNoEncontrado(NoEncontrado):
    codigo = "plan_no_encontrado"
    titulo = _l("No existe ese plan de contrataciones")


class LineaNoEncontrada(NoEncontrado):
    codigo = "linea_de_plan_no_encontrada"
    titulo = _l("No existe esa línea del plan")


class LineaNoVigente(DatosInvalidos):
    codigo = "linea_de_plan_no_vigente"
    titulo = _l("Esa línea no está en el plan vigente de la entidad")


class PlanNoPermite(TransicionInvalida):
    codigo = "plan_no_permite"
    titulo = _l("El estado del plan no permite esta acción")


class PlanRepetido(Conflicto):
    codigo = "plan_repetido"
    titulo = _l("La entidad ya tiene un plan de esa gestión")


class PlanIncompleto(DatosInvalidos):
    codigo = "plan_incompleto"
    titulo = _l("Faltan datos para publicar el plan")


class ArchivoDePlanInvalido(DatosInvalidos):
    codigo = "archivo_de_plan_invalido"
    titulo = _l("El archivo del plan tiene errores")


class FueraDelPlan(Conflicto):
    codigo = "fuera_del_plan"
    titulo = _l("El proceso no está en el plan de su entidad")
