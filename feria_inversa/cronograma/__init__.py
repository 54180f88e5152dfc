"""The entity's schedule of a process: the day of each stage, and the terms between them counted."""

from feria_inversa.cronograma.consultas import cronograma_de
from feria_inversa.cronograma.etapas import Etapa
from feria_inversa.cronograma.programar import dias_de, se_programa

__all__ = ["Etapa", "cronograma_de", "dias_de", "se_programa"]
