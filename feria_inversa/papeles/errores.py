"""What the roles of contracting refuse."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado, Prohibido
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class SinPapel(Prohibido):
    codigo = "sin_papel"
    titulo = _l("Ese acto lo hace otra persona")


class PapelIncompatible(DatosInvalidos):
    codigo = "papel_incompatible"
    titulo = _l("Una misma persona no puede tener esos papeles")


class PapelNoCorresponde(DatosInvalidos):
    codigo = "papel_no_corresponde"
    titulo = _l("No se puede nombrar así")


class DesignacionNoEncontrada(NoEncontrado):
    codigo = "designacion_no_encontrada"
    titulo = _l("No existe ese nombramiento")


class DesignacionTerminada(Conflicto):
    codigo = "designacion_terminada"
    titulo = _l("Ese nombramiento ya terminó")


class ExcusaNoEncontrada(NoEncontrado):
    codigo = "excusa_no_encontrada"
    titulo = _l("No existe esa excusa")


class ExcusaNoPermite(TransicionInvalida):
    codigo = "excusa_no_permite"
    titulo = _l("El estado de la excusa no permite esta acción")


class NoSeRecusa(Conflicto):
    codigo = "no_se_recusa"
    titulo = _l("No se puede recusar a esa persona")
